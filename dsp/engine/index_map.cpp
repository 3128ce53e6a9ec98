#include "engine/index_map.h"

namespace mixwell::engine {

void IndexMap::prepare(std::size_t capacity) {
  std::size_t cells = 16;
  while (cells < 2 * capacity) cells *= 2;
  cells_.assign(cells, Cell{0, none});
  mask_ = cells - 1;
  size_ = 0;
}

void IndexMap::clear() noexcept {
  for (Cell& cell : cells_) cell.value = none;
  size_ = 0;
}

std::size_t IndexMap::homeOf(std::uint64_t key) const noexcept {
  key = (key ^ (key >> 32U)) * 0x9e3779b97f4a7c15U;
  return static_cast<std::size_t>(key >> 40U) & mask_;
}

std::uint32_t IndexMap::find(std::uint64_t key) const noexcept {
  for (std::size_t i = homeOf(key); cells_[i].value != none; i = (i + 1) & mask_) {
    if (cells_[i].key == key) return cells_[i].value;
  }
  return none;
}

void IndexMap::insert(std::uint64_t key, std::uint32_t value) noexcept {
  std::size_t i = homeOf(key);
  while (cells_[i].value != none) i = (i + 1) & mask_;
  cells_[i] = {key, value};
  ++size_;
}

void IndexMap::erase(std::uint64_t key) noexcept {
  std::size_t hole = homeOf(key);
  while (cells_[hole].value == none || cells_[hole].key != key) {
    if (cells_[hole].value == none) return;
    hole = (hole + 1) & mask_;
  }
  // Cells that follow move up, as long as that does not carry them before their home.
  for (std::size_t i = (hole + 1) & mask_; cells_[i].value != none; i = (i + 1) & mask_) {
    const std::size_t distance = (i - homeOf(cells_[i].key)) & mask_;
    if (distance >= ((i - hole) & mask_)) {
      cells_[hole] = cells_[i];
      hole = i;
    }
  }
  cells_[hole].value = none;
  --size_;
}

}  // namespace mixwell::engine
