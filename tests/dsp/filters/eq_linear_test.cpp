#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <string>
#include <vector>

#include "support/device_rig.h"
#include "support/spectrum.h"

using namespace mixwell;
using test::clickSize;
using test::DeviceRig;
using test::noise;
using test::Signal;
using test::sine;
using test::Stereo;

namespace {

struct Band {
  std::string type;
  double freqHz;
  double gainDb = 0.0;
  double q = 0.71;
  std::string slope = "12";
  std::string channels = "stereo";
};

DeviceRig eqOf(const std::vector<Band>& bands, const std::string& phase, double sampleRateHz = 48000.0) {
  DeviceRig eq("eq", sampleRateHz);
  int number = 1;
  for (const Band& band : bands) {
    const std::string prefix = "band" + std::to_string(number++) + ".";
    eq.choose(prefix + "type", band.type).choose(prefix + "slope", band.slope);
    eq.set(prefix + "freqHz", band.freqHz).set(prefix + "gainDb", band.gainDb).set(prefix + "q", band.q);
    eq.choose(prefix + "channels", band.channels).set(prefix + "on", 1.0);
  }
  eq.choose("phase", phase);
  eq.device().reset();
  return eq;
}

double magnitudeDb(const Signal& response, double hz, double sampleRateHz) {
  const double w = 2.0 * 3.14159265358979 * hz / sampleRateHz;
  double re = 0.0;
  double im = 0.0;
  for (std::size_t i = 0; i < response.size(); ++i) {
    re += static_cast<double>(response[i]) * std::cos(w * static_cast<double>(i));
    im += static_cast<double>(response[i]) * std::sin(w * static_cast<double>(i));
  }
  return 10.0 * std::log10(re * re + im * im + 1e-30);
}

Signal impulse(std::size_t frames) {
  Signal signal(frames, 0.0f);
  signal[0] = 1.0f;
  return signal;
}

std::size_t latencyOf(DeviceRig& eq) {
  return eq.device().latencySamples();
}

const std::vector<std::vector<Band>> settings = {
    {{"bell", 30, 6, 1}},
    {{"bell", 100, -9, 2}, {"bell", 3000, 6, 0.7}, {"highshelf", 9000, 5}},
    {{"lowshelf", 120, 4}, {"tilt", 900, 5, 0.6}, {"bell", 15000, -6, 3}},
    {{"lowcut", 40, 0, 0.71, "12"}, {"highcut", 17000, 0, 0.71, "24"}},
};

}  // namespace

TEST_CASE("The linear phase has the magnitude of the minimum phase within 0.1 dB from 20 Hz to 20 kHz") {
  double worst = 0.0;
  for (const double sampleRateHz : {44100.0, 48000.0, 96000.0}) {
    for (const std::vector<Band>& bands : settings) {
      DeviceRig linear = eqOf(bands, "linear", sampleRateHz);
      const Signal symmetric = linear.runMono(impulse(2 * latencyOf(linear) + 256));
      const Signal minimum = eqOf(bands, "minimum", sampleRateHz).runMono(impulse(symmetric.size()));
      for (double hz = 20.0; hz <= 20000.0; hz *= 1.12) {
        const double wanted = magnitudeDb(minimum, hz, sampleRateHz);
        if (wanted < -60.0) continue;
        const double off = std::abs(magnitudeDb(symmetric, hz, sampleRateHz) - wanted);
        INFO(bands[0].type << " " << bands[0].freqHz << " " << sampleRateHz << " " << hz << " " << off);
        CHECK(off < 0.1);
        worst = std::max(worst, off);
      }
    }
  }
  WARN("linear against minimum phase: at most " << worst << " dB apart");
}

TEST_CASE("The impulse of the linear phase is symmetric about the latency that it announces") {
  for (const double sampleRateHz : {44100.0, 96000.0, 192000.0}) {
    DeviceRig eq = eqOf(settings[1], "linear", sampleRateHz);
    const std::size_t middle = latencyOf(eq);
    const Signal out = eq.runMono(impulse(2 * middle));
    double apart = 0.0;
    double sum = 0.0;
    for (std::size_t i = 1; i < middle; ++i) {
      apart += std::pow(static_cast<double>(out[middle + i]) - static_cast<double>(out[middle - i]), 2.0);
      sum += std::pow(static_cast<double>(out[middle + i]), 2.0);
    }
    CHECK(out[middle] > 0.5f);
    CHECK(sum > 0.001);
    CHECK(10.0 * std::log10(apart / sum) < -100.0);
  }
}

TEST_CASE("The linear phase with nothing set is a delay within -120 dB, in minimum phase there is none") {
  DeviceRig eq = eqOf({{"bell", 100}, {"tilt", 900}}, "linear");
  const std::size_t late = latencyOf(eq);
  CHECK(late == 10240);
  const Stereo in{noise(40000, 1), noise(40000, 2)};
  const Stereo out = eq.run(in);
  std::vector<double> error;
  for (std::size_t i = late; i < in.left.size(); ++i) {
    error.push_back(static_cast<double>(out.left[i]) - static_cast<double>(in.left[i - late]));
    error.push_back(static_cast<double>(out.right[i]) - static_cast<double>(in.right[i - late]));
  }
  CHECK(test::toDb(test::rms(error)) < -120.0);
  CHECK(*std::max_element(out.left.begin(), out.left.begin() + 10239) < 1e-6f);
  eq.choose("phase", "minimum");
  CHECK(latencyOf(eq) == 0);
}

TEST_CASE("Bands of parts of the sound act alike in both phases") {
  const std::vector<Band> mixed = {{"bell", 300, 6, 1, "12", "mid"},
                                   {"highshelf", 6000, -4, 0.7, "12", "side"},
                                   {"bell", 2000, 8, 2, "12", "left"},
                                   {"bell", 900, -8, 1, "12", "stereo"}};
  const std::vector<Band> middleAndSides(mixed.begin(), mixed.begin() + 2);
  const std::vector<Band> sides = {mixed[2], mixed[3], {"bell", 5000, 5, 1, "12", "right"}};
  for (const std::vector<Band>& bands : {mixed, middleAndSides, sides}) {
    DeviceRig linear = eqOf(bands, "linear");
    const std::size_t frames = 2 * latencyOf(linear);
    // Left alone, the middle alone, the sides alone.
    for (const float right : {0.0f, 1.0f, -1.0f}) {
      Signal second = impulse(frames);
      second[0] = right;
      linear.device().reset();
      const Stereo a = linear.run({impulse(frames), second});
      for (double hz = 60.0; hz < 18000.0; hz *= 1.7) {
        const auto of = [&](const std::string& part) {
          double db = 0.0;
          for (Band band : bands) {
            if (band.channels != part) continue;
            band.channels = "stereo";
            db += magnitudeDb(eqOf({band}, "minimum").runMono(impulse(frames)), hz, 48000.0);
          }
          return std::pow(10.0, db / 20.0);
        };
        const double r = static_cast<double>(right);
        const double mid = 0.5 * (1.0 + r) * of("mid");
        const double side = 0.5 * (1.0 - r) * of("side");
        const double wantedLeft = std::abs((mid + side) * of("left") * of("stereo"));
        const double wantedRight = std::abs((mid - side) * of("right") * of("stereo"));
        INFO(bands[0].channels << " " << right << " " << hz);
        CHECK(std::abs(std::pow(10.0, magnitudeDb(a.left, hz, 48000.0) / 20.0) - wantedLeft) < 0.01);
        CHECK(std::abs(std::pow(10.0, magnitudeDb(a.right, hz, 48000.0) / 20.0) - wantedRight) < 0.01);
      }
    }
  }
}

TEST_CASE("Turning knobs and switching the phase in linear phase make no clicks, however blocks are cut") {
  const Signal tone = sine(130000, 150.0 / 48000.0, 0.5);
  const auto run = [&](unsigned cut) {
    DeviceRig eq = eqOf({{"bell", 150, 6, 1}}, "linear");
    const std::vector<std::pair<std::string, double>> turns = {
        {"band1.gainDb", 12}, {"band1.freqHz", 300}, {"band1.gainDb", -3},  {"band1.type", 3},
        {"band1.on", 0},      {"band1.on", 1},       {"band1.channels", 1}, {"band1.gainDb", 2}};
    Signal out;
    for (std::size_t i = 0; i < 26; ++i) {
      if (i >= 6 && i < 6 + turns.size()) eq.turn(turns[i - 6].first, turns[i - 6].second);
      const Signal part(tone.begin() + static_cast<std::ptrdiff_t>(i * 5000),
                        tone.begin() + static_cast<std::ptrdiff_t>((i + 1) * 5000));
      const Signal piece = eq.run({part, part}, cut).left;
      out.insert(out.end(), piece.begin(), piece.end());
    }
    return out;
  };
  const Signal whole = run(0);
  for (unsigned cut = 1; cut < 4; ++cut) CHECK(run(cut) == whole);
  CHECK(clickSize({whole.begin() + 22000, whole.end()}) < 6e-4f);

  // From one phase to the other and back: the sound goes away and comes, softly.
  DeviceRig eq = eqOf({{"bell", 150, 6, 1}}, "minimum");
  Signal out;
  for (std::size_t i = 0; i < 8; ++i) {
    if (i == 1) eq.turn("phase", 1);
    if (i == 5) eq.turn("phase", 0);
    const Signal part(tone.begin() + static_cast<std::ptrdiff_t>(i * 16000),
                      tone.begin() + static_cast<std::ptrdiff_t>((i + 1) * 16000));
    const Signal piece = eq.runMono(part);
    out.insert(out.end(), piece.begin(), piece.end());
  }
  CHECK(clickSize({out.begin() + 4800, out.end()}) < 2e-3f);
}

TEST_CASE("After turns by hand and a reset the linear phase is what it would be if set so at once") {
  DeviceRig turned = eqOf({{"bell", 150, 6, 1}}, "linear");
  turned.runMono(noise(9000, 1));
  turned.turn("band1.gainDb", -4);
  turned.runMono(noise(1500, 2));
  turned.turn("band1.freqHz", 700);
  turned.device().reset();
  DeviceRig straight = eqOf({{"bell", 700, -4, 1}}, "linear");
  CHECK(turned.runMono(noise(30000, 3)) == straight.runMono(noise(30000, 3)));
  // Without one, the kernel is there after a while.
  DeviceRig live = eqOf({{"bell", 150, 6, 1}}, "linear");
  live.runMono(noise(1000, 1));
  live.turn("band1.freqHz", 700).turn("band1.gainDb", -4);
  live.runMono(Signal(30000, 0.0f));
  DeviceRig settled = eqOf({{"bell", 700, -4, 1}}, "linear");
  settled.runMono(Signal(31000, 0.0f));
  CHECK(live.runMono(noise(30000, 3)) == settled.runMono(noise(30000, 3)));
}

TEST_CASE("The linear phase is silent after the tail that it announces") {
  DeviceRig eq = eqOf(settings[1], "linear");
  eq.runMono(noise(4000, 1));
  eq.runMono(Signal(static_cast<std::size_t>(eq.device().tailFrames()), 0.0f));
  CHECK(eq.runMono(Signal(3000, 0.0f)) == Signal(3000, 0.0f));
}
