#include "filters/section_fit.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <utility>

#include "core/math.h"

namespace mixwell::filters {

namespace {

constexpr std::size_t points = 34;
constexpr std::size_t evenPoints = 14;
constexpr int rounds = 3;

// Squared magnitudes are polynomials of second degree in t = sin^2(w/2) / scale.
struct Quadratic {
  double c0 = 0.0, c1 = 0.0, c2 = 0.0;
  double at(double t) const noexcept { return c0 + t * (c1 + t * c2); }
};

// A polynomial b0 z^2 + b1 z + b2 with no zero outside the unit circle: b0, 2 b0 + b1 and b0 + b1 + b2, which
// are its coefficients in z - 1.
struct Factor {
  double second, first, constant;
};

enum class Zeros : std::uint8_t {
  inside,  ///< none may lie on the circle: they are to be poles
  onOrInside,
  nearest,  ///< a polynomial that goes below 0 is taken for one that touches it
};

bool factorise(const Quadratic& p, double scale, Zeros zeros, Factor& out) noexcept {
  double atNyquist = p.c0 + (p.c1 + p.c2 / scale) / scale;
  if (zeros == Zeros::nearest && atNyquist < 0.0) atNyquist = 0.0;
  if (!(p.c0 >= 0.0) || !(atNyquist >= 0.0)) return false;
  const double rootDc = std::sqrt(p.c0);
  const double rootNyquist = std::sqrt(atNyquist);
  const double sum = 0.5 * (rootDc + rootNyquist);  // b0 + b2
  const double squared = 0.25 * (2.0 * p.c0 + p.c1 / scale + 2.0 * rootDc * rootNyquist);
  if (zeros == Zeros::inside && !(squared > 1e-13 * sum * sum && rootDc > 0.0 && rootNyquist > 1e-4 * sum))
    return false;
  if (zeros == Zeros::onOrInside && !(squared >= -1e-9 * sum * sum)) return false;
  const double difference = std::sqrt(squared > 0.0 ? squared : 0.0);  // b0 - b2
  out = {0.5 * (sum + difference), rootDc + difference, rootDc};
  return out.second > 0.0;
}

// The points of a fit, dense around the centre.
struct Samples {
  double scale;
  std::array<double, points> t;
  std::array<double, points> power;
};

double areaSine(double x) noexcept {
  const double magnitude = x < 0.0 ? -x : x;
  const double area = core::log2(magnitude + std::sqrt(magnitude * magnitude + 1.0)) * 0.6931471805599453;
  return x < 0.0 ? -area : area;
}

double halfSineSquared(double cyclesPerFrame) noexcept {
  const double sine = core::sin(core::pi * cyclesPerFrame);
  return sine * sine;
}

// Cycles a frame up to which the fit looks.
double topOf(double sampleRateHz) noexcept {
  return std::max(0.43, std::min(0.46, 20300.0 / sampleRateHz));
}

void takeSample(const AnalogueSection& prototype, double centre, double ratio, std::size_t at,
                Samples& samples) noexcept {
  samples.t[at] = halfSineSquared(centre * ratio) / samples.scale;
  samples.power[at] = prototype.power(ratio);
}

Samples sampleAround(const AnalogueSection& prototype, double centre, double width, double top) noexcept {
  constexpr double logE = 1.4426950408889634;
  Samples samples{};
  samples.scale = halfSineSquared(centre);
  const double topRatio = top / centre;
  std::size_t at = 0;
  for (; at < evenPoints; ++at) {
    takeSample(prototype, centre,
               topRatio * (static_cast<double>(at) + 0.5) / static_cast<double>(evenPoints), at, samples);
  }
  // Dense around the corners of poles and of zeros: width * sinh(y) octaves from them, y in equal steps.
  const bool second = prototype.d2 > 0.0 && prototype.n0 > 0.0 && prototype.n2 > 0.0 &&
                      prototype.n0 * prototype.d2 != prototype.d0 * prototype.n2;
  const std::size_t count = second ? (points - evenPoints) / 2 : points - evenPoints;
  for (int side = 0; side < (second ? 2 : 1); ++side) {
    const double corner = !second     ? 1.0
                          : side == 0 ? std::sqrt(prototype.d0 / prototype.d2)
                                      : std::sqrt(prototype.n0 / prototype.n2);
    const double above = core::log2(topRatio / corner);
    const double lowest = areaSine(std::min(-5.0, above - 2.0) / width);
    const double highest = areaSine(above / width);
    const double growth = core::exp2((highest - lowest) / static_cast<double>(count - 1) * logE);
    double power = core::exp2(lowest * logE);
    for (std::size_t i = 0; i < count; ++i, ++at, power *= growth) {
      takeSample(prototype, centre, corner * core::exp2(0.5 * width * (power - 1.0 / power)), at, samples);
    }
  }
  return samples;
}

// What the numerator is put together from; the denominator is 1 + ... t + ... t^2.
struct Shape {
  std::array<Quadratic, 3> numerator;
  std::size_t numerators;
};

Shape shapeOf(const AnalogueSection& prototype, double scale, double centre) noexcept {
  // Those of first order take a second pole and zero, too: near Nyquist they need them.
  Shape shape{{{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}}, 3};
  if (prototype.n0 == 0.0) {
    if (prototype.n2 == 0.0) {
      shape.numerator = {{{0, 1, 0}, {0, 0, 1}}};
      shape.numerators = 2;
    } else {
      shape.numerator[0] = {0, 0, 1};
      shape.numerators = 1;
    }
  } else if (prototype.n1 == 0.0 && prototype.n2 != 0.0) {
    const double zero = halfSineSquared(centre) / scale;
    shape.numerator[0] = {zero * zero, -2.0 * zero, 1.0};
    shape.numerators = 1;
  }
  return shape;
}

constexpr std::size_t maxUnknowns = 5;

// Solves the normal equations by Cholesky; false where they are singular.
bool solve(double (&m)[maxUnknowns][maxUnknowns], double (&x)[maxUnknowns], std::size_t n) noexcept {
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j <= i; ++j) {
      double sum = m[i][j];
      for (std::size_t k = 0; k < j; ++k) sum -= m[i][k] * m[j][k];
      if (i == j) {
        if (!(sum > 1e-300)) return false;
        m[i][i] = std::sqrt(sum);
      } else {
        m[i][j] = sum / m[j][j];
      }
    }
  }
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t k = 0; k < i; ++k) x[i] -= m[i][k] * x[k];
    x[i] /= m[i][i];
  }
  for (std::size_t i = n; i-- > 0;) {
    for (std::size_t k = i + 1; k < n; ++k) x[i] -= m[k][i] * x[k];
    x[i] /= m[i][i];
  }
  return true;
}

struct Quotient {
  Quadratic numerator;
  Quadratic denominator;
};

// One round of least squares of the relative error; the denominator in `quotient` gives the weights, and
// stays where only zeros are fitted.
bool fitRound(const Samples& samples, const Shape& shape, bool poles, Quotient& quotient) noexcept {
  const std::size_t unknowns = shape.numerators + (poles ? 2 : 0);
  double m[maxUnknowns][maxUnknowns]{};
  double x[maxUnknowns]{};
  for (std::size_t i = 0; i < points; ++i) {
    const double t = samples.t[i];
    const double weight = 1.0 / (samples.power[i] * quotient.denominator.at(t));
    double row[maxUnknowns];
    for (std::size_t k = 0; k < shape.numerators; ++k) row[k] = weight * shape.numerator[k].at(t);
    const double target = samples.power[i] * weight;
    if (poles) {
      row[shape.numerators] = -target * t;
      row[shape.numerators + 1] = -target * t * t;
    }
    const double wanted = poles ? target : 1.0;
    for (std::size_t r = 0; r < unknowns; ++r) {
      for (std::size_t c = 0; c <= r; ++c) m[r][c] += row[r] * row[c];
      x[r] += row[r] * wanted;
    }
  }
  if (!solve(m, x, unknowns)) return false;
  quotient.numerator = {};
  for (std::size_t k = 0; k < shape.numerators; ++k) {
    quotient.numerator.c0 += x[k] * shape.numerator[k].c0;
    quotient.numerator.c1 += x[k] * shape.numerator[k].c1;
    quotient.numerator.c2 += x[k] * shape.numerator[k].c2;
  }
  if (poles) {
    quotient.denominator = {1.0, x[shape.numerators], x[shape.numerators + 1]};
  }
  return true;
}

// The denominator with the prototype's poles, z = exp(s), no higher than just under Nyquist.
Quadratic impulseInvariant(const AnalogueSection& prototype, double centre, double scale) noexcept {
  const double w = 2.0 * core::pi * centre;
  const auto power = [](double x) { return core::exp2(-x * 1.4426950408889634); };
  double a1 = 0.0;
  double a2 = 0.0;
  if (prototype.d2 == 0.0) {
    a1 = -power(w * prototype.d0 / prototype.d1);
  } else {
    const double damping = 0.5 * prototype.d1 / prototype.d2 * w;
    const double squared = prototype.d0 / prototype.d2 * w * w - damping * damping;
    const double root = std::sqrt(squared < 0.0 ? -squared : squared);
    a2 = power(2.0 * damping);
    a1 = squared < 0.0 ? -(power(damping - root) + power(damping + root))
                       : -2.0 * power(damping) * core::cos(std::min(root, 0.97 * core::pi));
  }
  const double atDc = (1.0 + a1 + a2) * (1.0 + a1 + a2);
  const double atNyquist = (1.0 - a1 + a2) * (1.0 - a1 + a2);
  const double square = 16.0 * a2 * scale * scale;
  return {1.0, (atNyquist - atDc - 16.0 * a2) * scale / atDc, square / atDc};
}

// The last resort: always a filter, right at the centre.
Factor bilinear(double c0, double c1, double c2, double centre) noexcept {
  const double t = core::sin(core::pi * centre) / core::cos(core::pi * centre);
  return {c0 * t * t + c1 * t + c2, 4.0 * c0 * t * t + 2.0 * c1 * t, 4.0 * c0 * t * t};
}

}  // namespace

double SectionCoefficients::power(double frequency) const noexcept {
  // z - 1 at z = e^jw is 2j sin(w/2) e^(jw/2).
  const double sine = core::sin(core::pi * frequency);
  const double cosine = core::cos(core::pi * frequency);
  const double re = -2.0 * sine * sine;
  const double im = 2.0 * sine * cosine;
  const double re2 = re * re - im * im;
  const double im2 = 2.0 * re * im;
  const double denominatorRe = re2 + a * re + g * g;
  const double denominatorIm = im2 + a * im;
  const double numeratorRe = d * denominatorRe + e1 * re + e2 * g;
  const double numeratorIm = d * denominatorIm + e1 * im;
  return (numeratorRe * numeratorRe + numeratorIm * numeratorIm) /
         (denominatorRe * denominatorRe + denominatorIm * denominatorIm);
}

SectionCoefficients fitSection(const AnalogueSection& wanted, double sampleRateHz) noexcept {
  const double top = topOf(sampleRateHz);
  const double centre = std::min(wanted.freqHz / sampleRateHz, 0.48);
  // Of a quotient and its inverse the one with the sharper, else the lower poles.
  const double zeros = wanted.n1 * wanted.n1 * wanted.d0 * wanted.d2;
  const double poles = wanted.d1 * wanted.d1 * wanted.n0 * wanted.n2;
  const bool inverted =
      wanted.n0 > 0.0 && wanted.n1 > 0.0 && wanted.n2 > 0.0 &&
      (zeros < 0.999 * poles || (zeros < 1.001 * poles && wanted.n0 * wanted.d2 < wanted.d0 * wanted.n2));
  const AnalogueSection prototype =
      inverted ? AnalogueSection{wanted.d0, wanted.d1, wanted.d2, wanted.n0, wanted.n1, wanted.n2} : wanted;
  const double width =
      std::min(1.0, prototype.d2 == 0.0 ? 1.0 : prototype.d1 / std::sqrt(prototype.d0 * prototype.d2));
  const Samples samples = sampleAround(prototype, centre, width, top);
  const Shape shape = shapeOf(prototype, samples.scale, centre);
  const Quadratic start = impulseInvariant(prototype, centre, samples.scale);

  Factor numerator{};
  Factor denominator{};
  const auto isFilter = [&](const Quotient& q, bool nearest) {
    const Zeros where = nearest ? Zeros::nearest : Zeros::onOrInside;
    return factorise(q.numerator, samples.scale, inverted ? Zeros::inside : where, numerator) &&
           factorise(q.denominator, samples.scale, inverted ? where : Zeros::inside, denominator);
  };
  Quotient free{{}, start};
  bool fits = true;
  for (int round = 0; round < rounds && fits; ++round) fits = fitRound(samples, shape, true, free);
  if (!fits || !(isFilter(free, false) || isFilter(free, true))) {
    Quotient fixed{{}, start};
    if (!fitRound(samples, shape, false, fixed) || !(isFilter(fixed, false) || isFilter(fixed, true))) {
      numerator = bilinear(prototype.n0, prototype.n1, prototype.n2, centre);
      denominator = bilinear(prototype.d0, prototype.d1, prototype.d2, centre);
    }
  }
  if (inverted) std::swap(numerator, denominator);
  SectionCoefficients out;
  out.d = numerator.second / denominator.second;
  out.a = denominator.first / denominator.second;
  const double square = denominator.constant / denominator.second;
  out.g = std::sqrt(square);
  out.e1 = numerator.first / denominator.second - out.d * out.a;
  out.e2 = (numerator.constant / denominator.second - out.d * square) / out.g;
  return out;
}

}  // namespace mixwell::filters
