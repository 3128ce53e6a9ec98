#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <optional>
#include <vector>

#include "demo/demo_stem.h"

namespace mixwell::demo {

inline constexpr double kTestRateHz = 48000.0;
inline constexpr std::int64_t kEnvelopeStep = 48;  ///< frames

/// A stem's source file; `right` is empty when the stem is mono.
struct Rendered {
  std::vector<float> left;
  std::vector<float> right;
};

inline Rendered renderStem(Stem stem, double sampleRateHz) {
  DemoStem source(stem, sampleRateHz);
  Rendered rendered;
  rendered.left.resize(static_cast<std::size_t>(source.frames()));
  if (source.channels() == 2) rendered.right.resize(rendered.left.size());
  source.render(rendered.left.data(), rendered.right.data(), source.frames());
  return rendered;
}

/// FNV-1a over the samples as 32-bit words: all of the left channel, then all of the right.
inline std::uint32_t hashOf(const Rendered& rendered) {
  std::uint32_t hash = 2166136261U;
  for (const auto* channel : {&rendered.left, &rendered.right}) {
    for (const float sample : *channel) {
      std::uint32_t word = 0;
      std::memcpy(&word, &sample, sizeof word);
      hash = (hash ^ word) * 16777619U;
    }
  }
  return hash;
}

inline double decibels(double amplitude) {
  return 20.0 * std::log10(std::max(amplitude, 1e-12));
}

/// What was measured of a stem at 48 kHz.
struct StemFacts {
  std::int64_t frames = 0;
  double peak = 0.0;
  double meanSquare = 0.0;
  double dc = 0.0;          ///< the larger of the channels
  double difference = 0.0;  ///< mean square of left - right
  std::int64_t notFinite = 0;
  std::int64_t subnormal = 0;
  std::uint32_t hash = 0;
  std::vector<double> envelope;  ///< peak of every kEnvelopeStep frames

  /// Peak of source frames [from, to), in whole steps of the envelope.
  double peakBetween(std::int64_t from, std::int64_t to) const {
    const auto last = static_cast<std::int64_t>(envelope.size());
    double peakThere = 0.0;
    for (std::int64_t i = std::max<std::int64_t>(from / kEnvelopeStep, 0);
         i < std::min(to / kEnvelopeStep, last); ++i) {
      peakThere = std::max(peakThere, envelope[static_cast<std::size_t>(i)]);
    }
    return peakThere;
  }
};

inline StemFacts measure(const Rendered& rendered) {
  StemFacts facts;
  const std::size_t frames = rendered.left.size();
  facts.frames = static_cast<std::int64_t>(frames);
  facts.envelope.resize(frames / kEnvelopeStep);
  for (const auto* channel : {&rendered.left, &rendered.right}) {
    double sum = 0.0;
    for (std::size_t i = 0; i < channel->size(); ++i) {
      const double x = (*channel)[i];
      if (!std::isfinite(x)) ++facts.notFinite;
      if (std::fpclassify((*channel)[i]) == FP_SUBNORMAL) ++facts.subnormal;
      sum += x;
      facts.meanSquare += x * x / static_cast<double>(frames);
      facts.peak = std::max(facts.peak, std::abs(x));
      const std::size_t step = i / kEnvelopeStep;
      if (step < facts.envelope.size()) facts.envelope[step] = std::max(facts.envelope[step], std::abs(x));
    }
    facts.dc = std::max(facts.dc, std::abs(sum) / static_cast<double>(frames));
  }
  for (std::size_t i = 0; i < rendered.right.size(); ++i) {
    const double side = static_cast<double>(rendered.left[i]) - static_cast<double>(rendered.right[i]);
    facts.difference += side * side / static_cast<double>(frames);
  }
  facts.hash = hashOf(rendered);
  return facts;
}

/// Every stem is rendered and measured once in the life of the test program.
inline const StemFacts& factsOf(Stem stem) {
  static std::array<std::optional<StemFacts>, kStemCount> known;
  auto& facts = known[static_cast<std::size_t>(stem)];
  if (!facts) facts = measure(renderStem(stem, kTestRateHz));
  return *facts;
}

/// First source frame of a clip.
inline std::int64_t sourceFrame(const Track& track, const Clip& clip, double bar, double sampleRateHz) {
  const auto take = static_cast<std::size_t>(clip.take);
  return takeStartsOf(track, sampleRateHz)[take] + frameOfBar(bar, sampleRateHz) -
         frameOfBar(track.takes[take].startBar, sampleRateHz);
}

}  // namespace mixwell::demo
