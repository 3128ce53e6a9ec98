#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "time/convolution_params.h"

/// The spectra that a convolution reverb works with, made out of an impulse response away from the audio
/// thread. All functions are pure and give the same bits everywhere; any thread.
namespace mixwell::time {

/// The impulse is cut into parts: the first so many frames into short ones, the rest into long ones.
inline constexpr std::size_t headFrames = 128;
inline constexpr std::size_t tailFrames = 2048;
inline constexpr std::size_t headParts = 2 * tailFrames / headFrames;

/// A table: how many short and long parts, then of each part the left and the right spectrum.
inline constexpr std::size_t tableHeaderFloats = 4;
inline constexpr std::size_t headPartFloats = 4 * headFrames;
inline constexpr std::size_t tailPartFloats = 4 * tailFrames;

/// Long parts of the longest impulse at a sample rate.
std::size_t mostTailParts(double sampleRateHz) noexcept;
/// Floats of the largest table at a sample rate.
std::size_t mostTableFloats(double sampleRateHz) noexcept;

struct StereoImpulse {
  std::vector<float> left;
  std::vector<float> right;
};

/// How an impulse is shaped: values of the first `impulseParamCount` parameters of the table, in its order.
using ImpulseShape = std::span<const double>;

/// Cuts, stretches, filters and fades an impulse response at the project's sample rate, and gives it the
/// level at which noise leaves 3 dB quieter than it comes. `right` may be null for a mono impulse.
StereoImpulse shapedImpulse(const float* left, const float* right, std::size_t frames, ImpulseShape shape,
                            double sampleRateHz);
/// The table of a shaped impulse.
std::vector<float> tableOf(const StereoImpulse& impulse);
/// Both in one.
void impulseTable(const float* left, const float* right, std::size_t frames, ImpulseShape shape,
                  double sampleRateHz, std::vector<float>& table);

}  // namespace mixwell::time
