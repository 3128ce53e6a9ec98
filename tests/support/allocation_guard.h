#pragma once

#include <cstddef>

namespace mixwell::test {

/// Counts allocations of this thread by operator new while it lives.
class AllocationGuard {
 public:
  AllocationGuard() noexcept;
  ~AllocationGuard();
  AllocationGuard(const AllocationGuard&) = delete;
  AllocationGuard& operator=(const AllocationGuard&) = delete;

  std::size_t allocations() const noexcept;
};

}  // namespace mixwell::test
