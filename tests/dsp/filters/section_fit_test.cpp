#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <complex>
#include <vector>

#include "filters/band_coefficients.h"

using namespace mixwell::filters;

namespace {

using Complex = std::complex<double>;

double toDb(double power) {
  return 10.0 * std::log10(power);
}

// The prototypes at s = 1j * hz / freqHz: R. Bristow-Johnson, Audio EQ Cookbook, and Butterworth's poles.
double prototypeDb(const BandSetting& b, double hz) {
  const Complex s(0.0, hz / b.freqHz);
  const double a = std::pow(10.0, b.gainDb / 40.0);
  const double root = std::sqrt(a) / b.q;
  Complex h = 1.0;
  switch (b.type) {
    case BandType::bell:
      h = (s * s + s * (a / b.q) + 1.0) / (s * s + s / (a * b.q) + 1.0);
      break;
    case BandType::lowShelf:
      h = a * (s * s + root * s + a) / (a * s * s + root * s + 1.0);
      break;
    case BandType::highShelf:
      h = a * (a * s * s + root * s + 1.0) / (s * s + root * s + a);
      break;
    case BandType::tilt:
      h = (a * s * s + root * s + 1.0) / (s * s + root * s + a);
      break;
    case BandType::notch:
      h = (s * s + 1.0) / (s * s + s / b.q + 1.0);
      break;
    case BandType::lowCut:
    case BandType::highCut: {
      const double order = static_cast<double>(b.slope) + 1.0;
      const double ratio = b.type == BandType::lowCut ? b.freqHz / hz : hz / b.freqHz;
      return -toDb(1.0 + std::pow(ratio, 2.0 * order));
    }
  }
  return toDb(std::norm(h));
}

double fittedDb(const BandCoefficients& sections, std::size_t count, double hz, double sampleRateHz) {
  double power = 1.0;
  for (std::size_t i = 0; i < count; ++i) power *= sections[i].power(hz / sampleRateHz);
  return toDb(power);
}

// The largest distance from the prototype from 10 Hz to 20 kHz, where that is not under `floorDb`.
double worstDb(const BandSetting& band, double sampleRateHz, double floorDb = -400.0) {
  const BandCoefficients sections = bandCoefficients(band, sampleRateHz);
  double worst = 0.0;
  for (double hz = 10.0; hz <= 20000.0; hz *= 1.05) {
    const double wanted = prototypeDb(band, hz);
    if (wanted < floorDb) continue;
    const double error = std::abs(fittedDb(sections, band.sections(), hz, sampleRateHz) - wanted);
    worst = std::max(worst, std::isfinite(error) ? error : 1e9);
  }
  return worst;
}

template <typename Check>
void forCentres(double step, Check check) {
  for (double hz = 10.0; hz <= 19000.0; hz *= step) check(hz);
  check(19000.0);
}

}  // namespace

TEST_CASE(
    "Bells and shelves follow the analogue prototype up to 20 kHz (quality.md: 0.4 dB, 0.1 under 3 kHz)") {
  double worstLow = 0.0;
  double worstHigh = 0.0;
  for (const BandType type : {BandType::bell, BandType::lowShelf, BandType::highShelf, BandType::tilt}) {
    for (const double q : {0.5, 0.6, 0.71, 1.0, 1.4, 2.0, 3.0, 4.5, 6.0}) {
      for (const double gainDb : {-12.0, -9.0, -3.0, 0.5, 6.0, 12.0}) {
        forCentres(1.19, [&](double hz) {
          const double worst = worstDb({.type = type, .freqHz = hz, .gainDb = gainDb, .q = q}, 48000.0);
          double& of = hz < 3000.0 ? worstLow : worstHigh;
          INFO(bandTypeNames[static_cast<std::size_t>(type)] << " " << hz << " Hz " << gainDb << " dB Q "
                                                             << q);
          CHECK(worst < (hz < 3000.0 ? 0.1 : 0.4));
          of = std::max(of, worst);
        });
      }
    }
  }
  WARN("worst under 3 kHz " << worstLow << " dB, above " << worstHigh << " dB");
}

TEST_CASE("At higher rates bells and shelves follow more closely, at 44.1 kHz almost as closely") {
  for (const double sampleRateHz : {44100.0, 88200.0, 96000.0}) {
    for (const BandType type : {BandType::bell, BandType::lowShelf, BandType::highShelf}) {
      for (const double q : {0.5, 0.71, 2.0}) {
        for (const double gainDb : {-12.0, 12.0}) {
          forCentres(1.4, [&](double hz) {
            INFO(sampleRateHz << " " << bandTypeNames[static_cast<std::size_t>(type)] << " " << hz << " Hz "
                              << gainDb << " dB Q " << q);
            CHECK(worstDb({.type = type, .freqHz = hz, .gainDb = gainDb, .q = q}, sampleRateHz) <
                  (hz < 3000.0 ? 0.15 : 0.3));
          });
        }
      }
    }
  }
}

TEST_CASE("Cuts of every slope follow Butterworth's") {
  for (const BandType type : {BandType::lowCut, BandType::highCut}) {
    for (std::size_t slope = 0; slope < slopeNames.size(); ++slope) {
      forCentres(1.19, [&](double hz) {
        INFO(bandTypeNames[static_cast<std::size_t>(type)] << " " << hz << " Hz " << slopeNames[slope]);
        const BandSetting cut{.type = type, .freqHz = hz, .q = 0.71, .slope = slope};
        // Far down in the stop band decibels are cheap.
        CHECK(worstDb(cut, 48000.0, -40.0) < (hz < 3000.0 ? 0.1 : 0.4));
        CHECK(worstDb(cut, 48000.0, -100.0) < 0.4);
      });
    }
  }
}

TEST_CASE("q sharpens a cut at its corner and leaves the rest") {
  for (std::size_t slope = 1; slope < slopeNames.size(); ++slope) {
    const auto db = [&](double q, double hz) {
      const BandSetting cut{.type = BandType::lowCut, .freqHz = 200.0, .q = q, .slope = slope};
      return fittedDb(bandCoefficients(cut, 48000.0), cut.sections(), hz, 48000.0);
    };
    CHECK(std::abs(db(0.71, 200.0) + 3.01) < 0.02);
    CHECK(std::abs(db(7.1, 200.0) - 16.99) < 0.02);  // ten times the quality is 20 dB at the pole's frequency
    CHECK(std::abs(db(7.1, 4000.0)) < 0.05);
  }
}

TEST_CASE("A notch takes its frequency out and leaves what lies two octaves away") {
  for (const double hz : {50.0, 1000.0, 15000.0}) {
    const BandSetting notch{.type = BandType::notch, .freqHz = hz, .q = 4.0};
    const BandCoefficients sections = bandCoefficients(notch, 48000.0);
    CHECK(fittedDb(sections, 1, hz, 48000.0) < -100.0);
    CHECK(worstDb(notch, 48000.0, -20.0) < 0.2);
  }
}

TEST_CASE("Every setting of the table gives a stable filter at every rate") {
  for (const double sampleRateHz : {8000.0, 22050.0, 44100.0, 48000.0, 96000.0, 192000.0, 384000.0}) {
    for (std::size_t type = 0; type < bandTypeNames.size(); ++type) {
      for (const double q : {0.1, 0.2, 0.5, 0.71, 1.5, 5.0, 18.0}) {
        for (const double gainDb : {-24.0, -7.0, 0.01, 24.0}) {
          for (double hz = 10.0; hz < 20001.0; hz *= 2.138) {
            const BandSetting band{
                .type = static_cast<BandType>(type), .freqHz = hz, .gainDb = gainDb, .q = q, .slope = 6};
            const BandCoefficients sections = bandCoefficients(band, sampleRateHz);
            INFO(sampleRateHz << " " << bandTypeNames[type] << " " << hz << " Hz " << gainDb << " dB Q "
                              << q);
            for (std::size_t i = 0; i < band.sections(); ++i) {
              // Jury: the poles of z^2 + (a - 2) z + 1 - a + g^2 lie inside the circle, as floats too.
              const double a = static_cast<double>(static_cast<float>(sections[i].a));
              const double g = static_cast<double>(static_cast<float>(sections[i].g));
              CHECK((g > 0.0 || (a > 0.0 && a < 2.0)));
              CHECK(a > g * g);
              CHECK(4.0 - 2.0 * a + g * g > 0.0);
              CHECK(std::isfinite(sections[i].d + sections[i].e1 + sections[i].e2));
            }
          }
        }
      }
    }
  }
}

TEST_CASE("A neutral band is one to the bit") {
  for (const BandType type : {BandType::bell, BandType::lowShelf, BandType::highShelf, BandType::tilt}) {
    const SectionCoefficients section = bandCoefficients({.type = type, .gainDb = 0.0, .q = 6.0}, 48000.0)[0];
    CHECK(section.d == 1.0);
    CHECK(section.e1 == 0.0);
    CHECK(section.e2 == 0.0);
  }
}
