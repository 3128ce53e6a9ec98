#include "engine/arena.h"

#include <bit>

namespace mixwell::engine {

void Arena::prepare(std::size_t bytes) {
  count_ = static_cast<std::uint32_t>(bytes / alignment);
  units_.reset(new Unit[count_]);  // not cleared: memory that is never used costs nothing
  usedUnits_ = 0;
  rowMap_ = 0;
  columnMaps_.fill(0);
  for (auto& row : heads_) row.fill(none);
  if (count_ < 2) return;
  header(0) = {.units = count_ - 1, .before = none, .isFree = 0, .padding = 0};
  link(0);
}

// Row 0 has a column for each size under 16 units; after that a row is an octave.
Arena::Cell Arena::cellOf(std::uint32_t units) noexcept {
  if (units < columns) return {0, units};
  const auto octave = static_cast<std::uint32_t>(std::bit_width(units)) - 1;
  return {octave - 3, (units >> (octave - 4)) - columns};
}

void Arena::link(std::uint32_t at) noexcept {
  const auto [row, column] = cellOf(header(at).units);
  const std::uint32_t first = heads_[row][column];
  links(at) = {.next = first, .previous = none};
  if (first != none) links(first).previous = at;
  heads_[row][column] = at;
  rowMap_ |= 1U << row;
  columnMaps_[row] |= 1U << column;
  header(at).isFree = 1;
}

void Arena::unlink(std::uint32_t at) noexcept {
  const auto [row, column] = cellOf(header(at).units);
  const Links held = links(at);
  if (held.next != none) links(held.next).previous = held.previous;
  if (held.previous != none) {
    links(held.previous).next = held.next;
  } else {
    heads_[row][column] = held.next;
    if (held.next == none) columnMaps_[row] &= ~(1U << column);
    if (columnMaps_[row] == 0) rowMap_ &= ~(1U << row);
  }
  header(at).isFree = 0;
}

// The first block of a cell whose blocks are all large enough.
std::uint32_t Arena::findFree(std::uint32_t units) const noexcept {
  if (units >= columns) {
    const auto octave = static_cast<std::uint32_t>(std::bit_width(units)) - 1;
    units += (1U << (octave - 4)) - 1;
  }
  const auto [row, column] = cellOf(units);
  if (row >= rows) return none;
  const std::uint32_t inRow = columnMaps_[row] & (~0U << column);
  if (inRow != 0) return heads_[row][static_cast<std::size_t>(std::countr_zero(inRow))];
  const std::uint32_t above = row + 1 < rows ? rowMap_ & (~0U << (row + 1)) : 0;
  if (above == 0) return none;
  const auto found = static_cast<std::size_t>(std::countr_zero(above));
  return heads_[found][static_cast<std::size_t>(std::countr_zero(columnMaps_[found]))];
}

std::span<std::byte> Arena::take(std::size_t bytes) noexcept {
  if (bytes > static_cast<std::size_t>(count_) * alignment) return {};
  const auto units = static_cast<std::uint32_t>(bytes == 0 ? 1 : (bytes + alignment - 1) / alignment);
  const std::uint32_t at = findFree(units);
  if (at == none) return {};
  unlink(at);
  const std::uint32_t whole = header(at).units;
  if (whole >= units + 2) {
    const std::uint32_t past = behind(at);
    header(at).units = units;
    const std::uint32_t rest = at + 1 + units;
    header(rest) = {.units = whole - units - 1, .before = at, .isFree = 0, .padding = 0};
    if (past < count_) header(past).before = rest;
    link(rest);
  }
  usedUnits_ += header(at).units + 1;
  return {units_[at + 1].bytes, header(at).units * alignment};
}

void Arena::give(std::byte* block) noexcept {
  auto at = static_cast<std::uint32_t>(reinterpret_cast<Unit*>(block) - units_.get()) - 1;
  usedUnits_ -= header(at).units + 1;
  const std::uint32_t past = behind(at);
  if (past < count_ && header(past).isFree != 0) {
    unlink(past);
    header(at).units += header(past).units + 1;
  }
  const std::uint32_t before = header(at).before;
  if (before != none && header(before).isFree != 0) {
    unlink(before);
    header(before).units += header(at).units + 1;
    at = before;
  }
  if (behind(at) < count_) header(behind(at)).before = at;
  link(at);
}

}  // namespace mixwell::engine
