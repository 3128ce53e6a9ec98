#include <algorithm>
#include <array>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <random>
#include <string>
#include <vector>

#include "filters/eq_curve.h"
#include "filters/eq_params.h"
#include "support/device_rig.h"
#include "support/spectrum.h"

using namespace mixwell;
using filters::eqParams;
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
};

void setBand(DeviceRig& eq, int number, const Band& band) {
  const std::string prefix = "band" + std::to_string(number) + ".";
  eq.choose(prefix + "type", band.type).choose(prefix + "slope", band.slope);
  eq.set(prefix + "freqHz", band.freqHz).set(prefix + "gainDb", band.gainDb).set(prefix + "q", band.q);
  eq.set(prefix + "on", 1.0);
}

DeviceRig eqOf(const std::vector<Band>& bands, double sampleRateHz = 48000.0) {
  DeviceRig eq("eq", sampleRateHz);
  int number = 1;
  for (const Band& band : bands) setBand(eq, number++, band);
  return eq;
}

// Magnitude of an impulse response in dB.
double magnitudeDb(const Signal& response, double hz, double sampleRateHz) {
  const double w = 2.0 * 3.14159265358979 * hz / sampleRateHz;
  double re = 0.0;
  double im = 0.0;
  for (std::size_t i = 0; i < response.size(); ++i) {
    re += static_cast<double>(response[i]) * std::cos(w * static_cast<double>(i));
    im += static_cast<double>(response[i]) * std::sin(w * static_cast<double>(i));
  }
  return 10.0 * std::log10(re * re + im * im);
}

Signal impulse(std::size_t frames) {
  Signal signal(frames, 0.0f);
  signal[0] = 1.0f;
  return signal;
}

// What rounding adds, in dBFS: the sound at its level and at one that rounds otherwise, brought back and
// taken off, leave the noise of both and nothing else.
double addedNoiseDb(const std::vector<Band>& bands, const Signal& sound) {
  constexpr float other = 0.7071f;
  Signal scaled(sound.size());
  std::transform(sound.begin(), sound.end(), scaled.begin(), [](float x) { return x * other; });
  DeviceRig first = eqOf(bands);
  DeviceRig second = eqOf(bands);
  const Signal a = first.runMono(sound);
  const Signal b = second.runMono(scaled);
  std::vector<double> difference;
  for (std::size_t i = sound.size() / 2; i < sound.size(); ++i) {
    difference.push_back(static_cast<double>(a[i]) - static_cast<double>(b[i]) / static_cast<double>(other));
  }
  return test::toDb(test::rms(difference));
}

}  // namespace

TEST_CASE("A fresh EQ, one whose bands are neutral, and one that is off change nothing, to the bit") {
  const Stereo in{noise(5000, 1), noise(5000, 2)};
  DeviceRig neutral = eqOf({{"bell", 100}, {"lowshelf", 200}, {"highshelf", 9000}, {"tilt", 800, 0, 5}});
  DeviceRig off = eqOf({{"bell", 100, 9}, {"lowcut", 200}});
  off.set("on", 0.0);
  DeviceRig fresh("eq");
  for (DeviceRig* eq : {&fresh, &neutral, &off}) {
    const Stereo out = eq->run(in);
    CHECK(out.left == in.left);
    CHECK(out.right == in.right);
    CHECK(eq->device().latencySamples() == 0);
    CHECK(eq->device().tailFrames() == 0);
  }
}

TEST_CASE("The curve that is drawn is the response that is measured") {
  const std::vector<Band> bands = {{"bell", 80, 6, 2},           {"bell", 3000, -9, 0.5},
                                   {"lowshelf", 200, -4},        {"highshelf", 8000, 7, 3},
                                   {"lowcut", 30, 0, 1.2, "24"}, {"highcut", 17000, 0, 0.71, "6"},
                                   {"notch", 1000, 0, 8},        {"tilt", 700, 5, 0.5}};
  for (const double sampleRateHz : {44100.0, 48000.0, 96000.0}) {
    DeviceRig eq = eqOf(bands, sampleRateHz);
    const Signal response = eq.runMono(impulse(65536));
    std::vector<double> values;
    for (const params::ParamInfo& info : eqParams) values.push_back(info.defaultValue);
    for (std::size_t i = 0; i < bands.size(); ++i) {
      const auto at = [&](filters::BandParam which) -> double& {
        return values[filters::bandParam(i, which)];
      };
      const auto place = [](const auto& names, const std::string& name) {
        return static_cast<double>(std::find(names.begin(), names.end(), name) - names.begin());
      };
      at(filters::BandParam::on) = 1.0;
      at(filters::BandParam::type) = place(filters::bandTypeNames, bands[i].type);
      at(filters::BandParam::slope) = place(filters::slopeNames, bands[i].slope);
      at(filters::BandParam::freqHz) = bands[i].freqHz;
      at(filters::BandParam::gainDb) = bands[i].gainDb;
      at(filters::BandParam::q) = bands[i].q;
    }
    std::vector<double> hz;
    for (double f = 15.0; f < 20000.0; f *= 1.3) hz.push_back(f);
    std::vector<double> drawn(hz.size());
    filters::addEqCurve(values, sampleRateHz, hz, drawn);
    for (std::size_t i = 0; i < hz.size(); ++i) {
      INFO(sampleRateHz << " " << hz[i]);
      CHECK(std::abs(magnitudeDb(response, hz[i], sampleRateHz) - drawn[i]) < 0.01);
    }
  }
}

TEST_CASE("A bell has its gain at its centre, and a cut falls as steeply as it says") {
  const auto at = [](const Band& band, double hz) {
    return magnitudeDb(eqOf({band}).runMono(impulse(65536)), hz, 48000.0);
  };
  CHECK(std::abs(at({"bell", 1000, 6, 1}, 1000) - 6.0) < 0.01);
  CHECK(std::abs(at({"bell", 12000, -12, 2}, 12000) + 12.0) < 0.1);
  CHECK(std::abs(at({"tilt", 1000, 6, 0.71}, 1000)) < 0.01);
  CHECK(std::abs(at({"tilt", 1000, 6, 0.71}, 20) + 3.0) < 0.02);
  CHECK(std::abs(at({"tilt", 1000, 6, 0.71}, 19000) - 3.0) < 0.02);
  for (const auto& slope : filters::slopeNames) {
    const Band low{"lowcut", 800, 0, 0.71, std::string(slope)};
    // Butterworth's order is a sixth of the slope; 200 Hz is two octaves down.
    const double order = std::stod(std::string(slope)) / 6.0;
    CHECK(std::abs(at(low, 200) + 10.0 * std::log10(1.0 + std::pow(4.0, 2.0 * order))) < 0.1);
    CHECK(std::abs(at(low, 800) + 3.01) < 0.03);
  }
}

TEST_CASE("A 30 Hz cut of 24 dB per octave adds noise under -120 dBFS on a loud 40 Hz tone, -130 on music") {
  const std::vector<Band> cut = {{"lowcut", 30, 0, 0.71, "24"}};
  const Signal tone = sine(96000, 40.0 / 48000.0, 0.9);
  // Music: a bass, its octave, a middle and noise, at the level of a mix.
  Signal music = noise(96000, 5, 0.05f);
  for (const auto& [hz, amplitude] : {std::pair{55.0, 0.25}, {110.0, 0.1}, {440.0, 0.1}, {2500.0, 0.05}}) {
    const Signal part = sine(music.size(), hz / 48000.0, amplitude);
    std::transform(part.begin(), part.end(), music.begin(), music.begin(), std::plus<>());
  }
  const double onTone = addedNoiseDb(cut, tone);
  const double onMusic = addedNoiseDb(cut, music);
  WARN("added noise: " << onTone << " dBFS on the tone, " << onMusic << " on music");
  CHECK(onTone < -120.0);
  CHECK(onMusic < -130.0);
  // Plain floats would give -134 and -142 here: sums that keep what they lose do better.
  CHECK(onTone < -142.0);
  CHECK(onMusic < -150.0);
}

TEST_CASE("Sweeps, switches and changes of kind by hand make no clicks") {
  const Signal tone = sine(24000, 150.0 / 48000.0, 0.5);
  const auto run = [&](const std::vector<Band>& bands,
                       const std::vector<std::pair<std::string, double>>& turns) {
    DeviceRig eq = eqOf(bands);
    Signal out;
    const std::size_t part = tone.size() / (turns.size() + 1) / 128 * 128;
    for (std::size_t i = 0; i <= turns.size(); ++i) {
      if (i > 0) eq.turn(turns[i - 1].first, turns[i - 1].second);
      const Signal piece = eq.runMono({tone.begin() + static_cast<std::ptrdiff_t>(i * part),
                                       tone.begin() + static_cast<std::ptrdiff_t>((i + 1) * part)});
      out.insert(out.end(), piece.begin(), piece.end());
    }
    return clickSize({out.begin() + 4800, out.end()});
  };
  // A switch without a fade: what a click would be.
  DeviceRig hard = eqOf({{"bell", 150, 12, 1}});
  Signal clicked = hard.runMono({tone.begin(), tone.begin() + 12032});
  hard.set("band1.on", 0.0);
  const Signal rest = hard.runMono({tone.begin() + 12032, tone.end()});
  clicked.insert(clicked.end(), rest.begin(), rest.end());
  const float click = clickSize({clicked.begin() + 4800, clicked.end()});
  REQUIRE(click > 0.006f);

  const float allowed = 6e-4f;
  CHECK(run({{"bell", 150, 12, 1}}, {{"band1.on", 0}, {"band1.on", 1}, {"on", 0}, {"on", 1}}) < allowed);
  CHECK(run({{"bell", 100, 12, 2}}, {{"band1.freqHz", 8000}, {"band1.freqHz", 60}, {"band1.freqHz", 300}}) <
        allowed);
  CHECK(run({{"bell", 150, 12, 2}}, {{"band1.gainDb", -12}, {"band1.gainDb", 0}, {"band1.gainDb", 9}}) <
        allowed);
  CHECK(run({{"lowshelf", 150, 12, 0.7}}, {{"band1.q", 4}, {"band1.q", 0.3}, {"band1.q", 1}}) < allowed);
  CHECK(run({{"lowcut", 200, 0, 0.71, "24"}}, {{"band1.slope", 7}, {"band1.type", 0}, {"band1.type", 4}}) <
        allowed);
  CHECK(run({{"lowcut", 40, 0, 0.71, "48"}}, {{"band1.freqHz", 1500}, {"band1.freqHz", 30}}) < allowed);
}

TEST_CASE("After a sweep the EQ is what it would be if set so at once") {
  DeviceRig swept = eqOf({{"bell", 100, 12, 2}, {"highshelf", 3000, -6, 3}});
  swept.runMono(noise(1000, 1));
  swept.turn("band1.freqHz", 2000).turn("band1.gainDb", -3).turn("band1.q", 0.8).turn("band2.q", 0.6);
  swept.turn("band2.type", 0);
  swept.runMono(noise(9600, 2));
  DeviceRig straight = eqOf({{"bell", 2000, -3, 0.8}, {"bell", 3000, -6, 0.6}});
  swept.device().reset();
  straight.device().reset();
  CHECK(swept.runMono(noise(5000, 3)) == straight.runMono(noise(5000, 3)));
}

TEST_CASE("Gliding parameters do not depend on how sound is cut into blocks") {
  const auto run = [](unsigned cut) {
    DeviceRig eq = eqOf({{"bell", 100, 12, 2}, {"lowcut", 40, 0, 0.71, "36"}});
    Signal out;
    for (int turn = 0; turn < 6; ++turn) {
      eq.turn("band1.freqHz", 200.0 + 900.0 * turn).turn("band1.gainDb", 3.0 - turn);
      eq.turn("band2.slope", turn).turn("band2.on", turn % 3 == 2 ? 0.0 : 1.0);
      eq.turn("band1.type", turn % 2);
      const Signal piece = eq.run({noise(1111, static_cast<unsigned>(turn)), noise(1111, 9)}, cut).left;
      out.insert(out.end(), piece.begin(), piece.end());
    }
    return out;
  };
  const Signal whole = run(0);
  for (unsigned cut = 1; cut < 5; ++cut) CHECK(run(cut) == whole);
}

TEST_CASE("A rung-out EQ is silent to the bit, and within the tail that it announces") {
  DeviceRig eq = eqOf({{"bell", 40, 12, 3}, {"lowcut", 30, 0, 0.71, "24"}});
  eq.runMono(noise(4000, 1));
  const auto tail = static_cast<std::size_t>(eq.device().tailFrames());
  CHECK(tail > 4800);
  CHECK(tail < 480000);
  eq.runMono(Signal(tail, 0.0f));
  const Signal after = eq.runMono(Signal(1000, 0.0f));
  CHECK(after == Signal(1000, 0.0f));
}
