#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <cmath>
#include <iostream>

#include "support/device_rig.h"
#include "support/spectrum.h"

using Catch::Matchers::WithinAbs;
using mixwell::test::clickSize;
using mixwell::test::DeviceRig;
using mixwell::test::noise;
using mixwell::test::Signal;
using mixwell::test::sine;
using mixwell::test::Stereo;

namespace {

constexpr double rateHz = 48000.0;

// RBJ's band pass of constant peak, an octave wide, twice.
std::vector<double> octaveBand(const Signal& in, double centreHz) {
  const double w = 2.0 * M_PI * centreHz / rateHz;
  const double alpha = std::sin(w) * std::sinh(std::log(2.0) / 2.0 * w / std::sin(w));
  std::vector<double> out(in.begin(), in.end());
  for (int pass = 0; pass < 2; ++pass) {
    double x1 = 0.0, x2 = 0.0, y1 = 0.0, y2 = 0.0;
    for (double& sample : out) {
      const double y = (alpha * (sample - x2) + 2.0 * std::cos(w) * y1 - (1.0 - alpha) * y2) / (1.0 + alpha);
      x2 = x1;
      x1 = sample;
      y2 = y1;
      y1 = y;
      sample = y;
    }
  }
  return out;
}

// T30 of ISO 3382: backward integration, a straight line from -5 to -35 dB, taken to 60. Of several
// responses, whose decays are averaged as those of several places in a hall are: one alone, at 0.3 s in an
// octave at 500 Hz, is off by 6 % as a rule (ISO 3382-2, annex A).
double t30(const std::vector<Signal>& responses, double centreHz) {
  std::vector<double> left(responses.front().size());
  for (const Signal& response : responses) {
    const std::vector<double> band = octaveBand(response, centreHz);
    double sum = 0.0;
    for (std::size_t i = band.size(); i-- > 0;) {
      sum += band[i] * band[i];
      left[i] += sum;
    }
  }
  double n = 0.0, sx = 0.0, sy = 0.0, sxx = 0.0, sxy = 0.0;
  for (std::size_t i = 0; i < left.size(); ++i) {
    const double db = 10.0 * std::log10(left[i] / left[0] + 1e-30);
    if (db > -5.0 || db < -35.0) continue;
    const double t = static_cast<double>(i) / rateHz;
    n += 1.0;
    sx += t;
    sy += db;
    sxx += t * t;
    sxy += t * db;
  }
  return -60.0 * (n * sxx - sx * sx) / (n * sxy - sx * sy);
}

DeviceRig reverb(std::string_view kind, double decayS) {
  DeviceRig rig("reverb");
  rig.choose("kind", kind).set("decayS", decayS).set("mix", 100);
  return rig;
}

Stereo impulseResponse(DeviceRig& rig, double seconds) {
  rig.device().reset();
  Signal impulse(static_cast<std::size_t>(seconds * rateHz));
  impulse[0] = 1.0f;
  return rig.run({impulse, impulse});
}

// Responses at several times, between which the lines have swayed on.
std::vector<Signal> severalResponses(DeviceRig& rig, double seconds, int times) {
  std::vector<Signal> responses;
  rig.device().reset();
  for (int i = 0; i < times; ++i) {
    Signal impulse(static_cast<std::size_t>(seconds * rateHz));
    impulse[0] = 1.0f;
    const Stereo out = rig.run({impulse, impulse});
    responses.push_back(out.left);
    responses.push_back(out.right);
    rig.run({Signal(12000), Signal(12000)});
  }
  return responses;
}

double energy(const Signal& signal, double fromS, double toS) {
  double sum = 0.0;
  const auto end = std::min(signal.size(), static_cast<std::size_t>(toS * rateHz));
  for (auto i = static_cast<std::size_t>(fromS * rateHz); i < end; ++i) {
    sum += static_cast<double>(signal[i]) * static_cast<double>(signal[i]);
  }
  return sum;
}

}  // namespace

TEST_CASE("Reverb decays as it is set: T30 at 500 Hz and 1 kHz (ISO 3382) within 10 %") {
  double worst = 0.0;
  const auto check = [&](std::string_view kind, double decayS, double size, double modulation, int times) {
    DeviceRig rig = reverb(kind, decayS);
    rig.set("size", size).set("modulation", modulation);
    const std::vector<Signal> responses = severalResponses(rig, decayS * 0.9 + 0.4, times);
    for (const double centreHz : {500.0, 1000.0}) {
      const double off = t30(responses, centreHz) / decayS - 1.0;
      INFO(kind << " " << decayS << " s, size " << size << ", modulation " << modulation << " at " << centreHz
                << " Hz: " << 100.0 * off << " % off");
      CHECK(std::abs(off) < 0.1);
      worst = std::max(worst, std::abs(off));
    }
  };
  for (const std::string_view kind : {"room", "hall", "plate"}) {
    for (const double decayS : {0.3, 0.8, 1.8, 4.0, 10.0}) check(kind, decayS, 60, 40, decayS < 1.0 ? 5 : 1);
    for (const double size : {0.0, 100.0}) {
      for (const double modulation : {0.0, 100.0}) check(kind, 0.3, size, modulation, 5);
    }
  }
  std::cout << "reverb: T30 off by " << 100.0 * worst << " % at worst\n";
}

TEST_CASE("Reverb decays longer below and shorter above as its multipliers say") {
  DeviceRig rig = reverb("hall", 1.5);
  rig.set("lowMult", 2).set("lowHz", 400).set("highMult", 0.4).set("highHz", 2000).set("damping", 0);
  const std::vector<Signal> response{impulseResponse(rig, 4.0).left};
  // The shelves are of first order: three octaves off their corner they are nearly where they lead.
  CHECK_THAT(t30(response, 63.0), WithinAbs(2.75, 0.3));
  CHECK_THAT(t30(response, 12000.0), WithinAbs(0.6, 0.08));
  DeviceRig damped = reverb("hall", 1.5);
  damped.set("highMult", 1).set("damping", 80);
  CHECK(t30({impulseResponse(damped, 3.0).left}, 16000.0) < 0.75);
}

TEST_CASE("Nothing comes out of a reverb before its pre-delay, and all of it later by as much") {
  const auto response = [](double preDelayMs, std::size_t atFrame) {
    DeviceRig rig = reverb("room", 0.6);
    rig.set("preDelayMs", preDelayMs);
    rig.device().reset();
    Signal impulse(24000);
    impulse[atFrame] = 1.0f;
    return rig.run({impulse, impulse});
  };
  const Stereo early = response(0.0, 4800);
  const Stereo late = response(100.0, 0);
  CHECK(energy(late.left, 0.0, 0.1) == 0.0);
  CHECK(energy(early.left, 0.1, 0.12) > 0.0);
  for (std::size_t i = 0; i < 24000; ++i) REQUIRE(std::abs(late.left[i] - early.left[i]) < 1e-6f);
}

TEST_CASE("The late reverb is dense (Abel and Huang, AES 2006: echo density)") {
  for (const std::string_view kind : {"room", "hall", "plate"}) {
    DeviceRig rig = reverb(kind, 3.0);
    rig.set("highMult", 1).set("lowMult", 1).set("damping", 0).set("preDelayMs", 0);
    const Stereo response = impulseResponse(rig, 0.3);
    // The share of samples beyond the standard deviation, against that of Gaussian noise.
    const auto density = [&](double atS) {
      const auto from = static_cast<std::size_t>(atS * rateHz);
      const double deviation = std::sqrt(energy(response.left, atS, atS + 0.03) / 1440.0);
      double beyond = 0.0;
      for (std::size_t i = from; i < from + 1440; ++i) {
        if (std::abs(static_cast<double>(response.left[i])) > deviation) beyond += 1.0;
      }
      return beyond / 1440.0 / 0.3173;
    };
    INFO(kind << ": density at 60 ms " << density(0.06) << ", at 150 ms " << density(0.15));
    CHECK(density(0.15) > 0.85);
  }
}

TEST_CASE("The late reverb does not ring, modulated or not") {
  // Peaks of the late spectrum, the decay taken out, above the median nearby. The power of Gaussian noise is
  // exponentially distributed: the highest of a thousand bins is 10 dB above the median.
  const auto check = [](std::string_view kind, double size, double modulation, double highest, double mean) {
    DeviceRig rig = reverb(kind, 3.0);
    rig.set("highMult", 1).set("lowMult", 1).set("damping", 0).set("preDelayMs", 0);
    rig.set("size", size).set("modulation", modulation);
    const Stereo response = impulseResponse(rig, 2.2);
    std::vector<double> late(65536);
    for (std::size_t i = 0; i < late.size(); ++i) {
      const double t = static_cast<double>(i) / rateHz;
      late[i] = static_cast<double>(response.left[i + 24000]) * std::pow(10.0, t);
    }
    const std::vector<double> spectrum = mixwell::test::powerSpectrum(late);
    double worst = 0.0;
    double sum = 0.0;
    double windows = 0.0;
    for (std::size_t at = 270; at + 1024 < 14000; at += 512) {
      std::vector<double> bins(spectrum.begin() + static_cast<std::ptrdiff_t>(at),
                               spectrum.begin() + static_cast<std::ptrdiff_t>(at + 1024));
      std::sort(bins.begin(), bins.end());
      const double highestDb = 10.0 * std::log10(bins.back() / bins[bins.size() / 2]);
      worst = std::max(worst, highestDb);
      sum += highestDb;
      windows += 1.0;
    }
    std::cout << "reverb, " << kind << ", size " << size << ", modulation " << modulation
              << ": highest mode over the median " << worst << " dB, on average " << sum / windows << "\n";
    INFO(kind << ", size " << size << ", modulation " << modulation);
    CHECK(worst < highest);
    CHECK(sum / windows < mean);
  };
  for (const std::string_view kind : {"room", "hall", "plate"}) {
    check(kind, 60.0, 40.0, 15.0, 11.5);
    check(kind, 60.0, 0.0, 18.0, 12.5);
    check(kind, 0.0, 0.0, 21.0, 13.0);
  }
}

TEST_CASE("The sides of the reverb have little in common, and width joins them") {
  for (const std::string_view kind : {"room", "hall", "plate"}) {
    const auto correlation = [&](double width) {
      DeviceRig rig = reverb(kind, 2.0);
      rig.set("width", width);
      const Stereo out = impulseResponse(rig, 1.5);
      double product = 0.0;
      for (std::size_t i = 4800; i < out.left.size(); ++i) {
        product += static_cast<double>(out.left[i]) * static_cast<double>(out.right[i]);
      }
      return product / std::sqrt(energy(out.left, 0.1, 1.5) * energy(out.right, 0.1, 1.5));
    };
    INFO(kind << " " << correlation(100));
    CHECK(std::abs(correlation(100)) < 0.15);
    CHECK(correlation(0) > 0.999);
  }
}

TEST_CASE("Noise leaves the reverb about as loud as it came, whatever the decay") {
  for (const std::string_view kind : {"room", "hall", "plate"}) {
    for (const double decayS : {0.4, 2.0, 6.0}) {
      DeviceRig rig = reverb(kind, decayS);
      rig.device().reset();
      const Stereo in{noise(48000 * 4, 1, 0.25f), noise(48000 * 4, 2, 0.25f)};
      const Stereo out = rig.run(in);
      const double db = 10.0 * std::log10(energy(out.left, 3.0, 4.0) / energy(in.left, 3.0, 4.0));
      INFO(kind << " " << decayS << " s: " << db << " dB");
      CHECK(db > -9.0);
      CHECK(db < 3.0);
    }
  }
}

TEST_CASE("Reverb decays to exact silence and never goes through denormal numbers") {
  DeviceRig rig = reverb("hall", 0.3);
  rig.device().reset();
  rig.run({noise(24000, 3), noise(24000, 4)});
  const auto tail = static_cast<std::size_t>(rig.device().tailFrames());
  CHECK(tail < 48000 * 4);
  const Stereo fading = rig.run({Signal(tail), Signal(tail)});
  for (const float sample : fading.left) REQUIRE((sample == 0.0f || std::abs(sample) > 1.2e-38f));
  const Stereo rest = rig.run({Signal(9600), Signal(9600)});
  CHECK(rest.left == Signal(9600));
  CHECK(rest.right == Signal(9600));
}

TEST_CASE("What a reverb does depends on no block size, while it stands still or moves") {
  const Stereo in{noise(20000, 1, 0.3f), noise(20000, 2, 0.3f)};
  for (const double rate : {44100.0, 96000.0}) {
    const auto through = [&](unsigned seed) {
      DeviceRig rig("reverb", rate);
      rig.set("size", 0).set("mix", 70);
      Stereo out = rig.run(in, seed);
      rig.turn("size", 100)
          .turn("preDelayMs", 3)
          .turn("earlyDb", 0)
          .turn("modulation", 100)
          .turn("width", 30);
      const Stereo moved = rig.run(in, seed);
      out.left.insert(out.left.end(), moved.left.begin(), moved.left.end());
      out.right.insert(out.right.end(), moved.right.begin(), moved.right.end());
      return out;
    };
    const Stereo even = through(0);
    const Stereo uneven = through(7);
    CHECK(even.left == uneven.left);
    CHECK(even.right == uneven.right);
  }
}

TEST_CASE("A frozen reverb neither fades nor takes anything in") {
  DeviceRig rig = reverb("plate", 1.0);
  rig.device().reset();
  rig.run({noise(48000, 3), noise(48000, 4)});
  rig.turn("freeze", 1);
  CHECK(rig.device().tailFrames() == mixwell::params::Device::endless);
  const Stereo start = rig.run({Signal(48000), Signal(48000)});
  rig.run({noise(48000 * 8, 5), noise(48000 * 8, 6)});
  const Stereo later = rig.run({Signal(48000), Signal(48000)});
  const double db = 10.0 * std::log10(energy(later.left, 0.5, 1.0) / energy(start.left, 0.5, 1.0));
  CHECK(db > -3.0);
  CHECK(db < 0.5);
}

TEST_CASE("Reverb's mix leads from the sound to its room alone") {
  DeviceRig rig("reverb");
  rig.set("mix", 0);
  rig.device().reset();
  const Stereo in{noise(9600, 1), noise(9600, 2)};
  const Stereo out = rig.run(in);
  CHECK(out.left == in.left);
  CHECK(out.right == in.right);
  DeviceRig wet = reverb("hall", 2.0);
  const Stereo response = impulseResponse(wet, 0.02);
  CHECK(energy(response.left, 0.0, 0.019) == 0.0);
}

TEST_CASE("Reverb's parameters move without zipper and its kind without a click") {
  const Signal tone = sine(48000, 200.0 / rateHz, 0.5);
  const auto clickOf = [&](std::string_view param, double value) {
    DeviceRig rig = reverb("hall", 1.0);
    rig.set("modulation", 0);
    rig.device().reset();
    rig.run({tone, tone});
    rig.turn(param, value);
    Signal moved = rig.run({tone, tone}).left;
    return clickSize(moved);
  };
  const float still = clickOf("mix", 100);
  INFO(still);
  CHECK(still < 0.001f);
  for (const auto& [param, value] : {std::pair{"decayS", 6.0},
                                     {"decayS", 0.3},
                                     {"size", 80.0},
                                     {"preDelayMs", 60.0},
                                     {"lowMult", 0.5},
                                     {"highMult", 0.2},
                                     {"lowHz", 400.0},
                                     {"highHz", 1500.0},
                                     {"damping", 100.0},
                                     {"diffusion", 0.0},
                                     {"width", 0.0},
                                     {"modulation", 100.0},
                                     {"earlyDb", -40.0},
                                     {"lowCutHz", 300.0},
                                     {"highCutHz", 2000.0},
                                     {"freeze", 1.0},
                                     {"mix", 30.0},
                                     {"kind", 2.0}}) {
    INFO(param << " " << value);
    CHECK(clickOf(param, value) < 0.006f);
  }
}
