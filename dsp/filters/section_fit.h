#pragma once

#include "filters/analogue_section.h"

namespace mixwell::filters {

/// A section as the filters run it, on two states w and v in steps of one frame:
///   y = d x + w,  w += e1 x + g v - a w,  v += e2 x - g w  (w and v on the right are those before the step).
/// Poles near z = 1 keep their digits, since coefficients are distances from it; w and v are about as large
/// as the sound, so that changes of the coefficients stir up nothing.
struct SectionCoefficients {
  double d = 1.0;
  double e1 = 0.0;
  double e2 = 0.0;
  double g = 0.0;
  double a = 0.0;

  /// Square of the magnitude at `frequency` cycles per frame.
  double power(double frequency) const noexcept;
};

/// Fits a section to the magnitude of its analogue prototype up to about 20 kHz (0.43 of the sample rate at
/// high rates): the squared magnitude as a quotient of polynomials in sin^2(w/2), by least squares of the
/// relative error (Sanathanan and Koerner, IEEE Trans. Autom. Control 1963), from impulse-invariant poles;
/// where that gives no filter, its zeros alone, with those poles (as in M. Vicanek, Matched Second Order
/// Digital Filters, 2016), at worst the bilinear transform. Always stable and of least phase. Any thread.
SectionCoefficients fitSection(const AnalogueSection& prototype, double sampleRateHz) noexcept;

}  // namespace mixwell::filters
