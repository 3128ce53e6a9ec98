#include "core/fft.h"

#include "core/float4.h"
#include "core/math.h"

namespace mixwell::core {

namespace {

struct Complex4 {
  Float4 re;
  Float4 im;
};

Complex4 load(const float* re, const float* im) noexcept {
  return {Float4::load(re), Float4::load(im)};
}
Complex4 operator+(Complex4 a, Complex4 b) noexcept {
  return {a.re + b.re, a.im + b.im};
}
Complex4 operator-(Complex4 a, Complex4 b) noexcept {
  return {a.re - b.re, a.im - b.im};
}
// Times cosine - i sine.
Complex4 turned(Complex4 a, Float4 cosine, Float4 sine) noexcept {
  return {a.re * cosine + a.im * sine, a.im * cosine - a.re * sine};
}

struct Quad {
  Complex4 a;
  Complex4 b;
  Complex4 c;
  Complex4 d;
};

// A transform of four, lane by lane.
Quad butterfly(const Quad& x) noexcept {
  const Complex4 evenSum = x.a + x.c;
  const Complex4 evenDifference = x.a - x.c;
  const Complex4 oddSum = x.b + x.d;
  const Complex4 oddDifference = x.b - x.d;
  const Complex4 turnedOdd{Float4(0.0f) - oddDifference.im, oddDifference.re};
  return {evenSum + oddSum, evenDifference - turnedOdd, evenSum - oddSum, evenDifference + turnedOdd};
}

}  // namespace

void RealFft::takeMemory(std::size_t size, Memory& memory) noexcept {
  const std::span<float> block = memory.take<float>(floats(size));
  size_ = size;
  if (!block.empty()) useMemory(size, block);
}

void RealFft::useMemory(std::size_t size, std::span<float> memory) noexcept {
  size_ = size;
  cosines_ = memory.subspan(0, size);
  sines_ = memory.subspan(size, size);
  work_ = memory.subspan(2 * size, 2 * size);
}

void RealFft::prepare() noexcept {
  const std::size_t quarter = size_ / 4;
  const double step = 1.0 / static_cast<double>(quarter);
  for (std::size_t i = 0; i < quarter; ++i) {
    const auto sine = static_cast<float>(sinQuarterTurns(static_cast<double>(i) * step));
    const auto cosine = static_cast<float>(sinQuarterTurns(static_cast<double>(quarter - i) * step));
    const float cosines[4] = {cosine, 0.0f - sine, 0.0f - cosine, sine};
    const float sines[4] = {sine, cosine, 0.0f - sine, 0.0f - cosine};
    for (std::size_t turn = 0; turn < 4; ++turn) {
      cosines_[turn * quarter + i] = cosines[turn];
      sines_[turn * quarter + i] = sines[turn];
    }
  }
}

// Stockham's self-sorting transform (Van Loan, "Computational frameworks for the FFT", 1992) by fours. The
// first stage has its four results side by side.
void RealFft::firstStage(Split from, Split to) const noexcept {
  const std::size_t quarter = bins() / 4;
  for (std::size_t p = 0; p < quarter; p += 4) {
    Quad y = butterfly({load(from.re + p, from.im + p), load(from.re + p + quarter, from.im + p + quarter),
                        load(from.re + p + 2 * quarter, from.im + p + 2 * quarter),
                        load(from.re + p + 3 * quarter, from.im + p + 3 * quarter)});
    alignas(16) float cosines[3][4];
    alignas(16) float sines[3][4];
    for (std::size_t lane = 0; lane < 4; ++lane) {
      for (std::size_t power = 0; power < 3; ++power) {
        const std::size_t place = 2 * (power + 1) * (p + lane);
        cosines[power][lane] = cosines_[place];
        sines[power][lane] = sines_[place];
      }
    }
    y.b = turned(y.b, Float4::load(cosines[0]), Float4::load(sines[0]));
    y.c = turned(y.c, Float4::load(cosines[1]), Float4::load(sines[1]));
    y.d = turned(y.d, Float4::load(cosines[2]), Float4::load(sines[2]));
    transpose(y.a.re, y.b.re, y.c.re, y.d.re);
    transpose(y.a.im, y.b.im, y.c.im, y.d.im);
    const Complex4 rows[4] = {y.a, y.b, y.c, y.d};
    for (std::size_t row = 0; row < 4; ++row) {
      rows[row].re.store(to.re + 4 * (p + row));
      rows[row].im.store(to.im + 4 * (p + row));
    }
  }
}

void RealFft::stage(Split from, Split to, std::size_t length, std::size_t stride) const noexcept {
  const std::size_t quarter = length / 4;
  const std::size_t turn = size_ / length;
  for (std::size_t p = 0; p < quarter; ++p) {
    const std::size_t place = p * turn;
    const Float4 cosine1(cosines_[place]);
    const Float4 sine1(sines_[place]);
    const Float4 cosine2(cosines_[2 * place]);
    const Float4 sine2(sines_[2 * place]);
    const Float4 cosine3(cosines_[3 * place]);
    const Float4 sine3(sines_[3 * place]);
    const auto in = [&](std::size_t part, std::size_t q) {
      const std::size_t at = q + stride * (p + part * quarter);
      return load(from.re + at, from.im + at);
    };
    const auto out = [&](std::size_t part, std::size_t q, Complex4 value) {
      const std::size_t at = q + stride * (4 * p + part);
      value.re.store(to.re + at);
      value.im.store(to.im + at);
    };
    for (std::size_t q = 0; q < stride; q += 4) {
      const Quad y = butterfly({in(0, q), in(1, q), in(2, q), in(3, q)});
      out(0, q, y.a);
      out(1, q, turned(y.b, cosine1, sine1));
      out(2, q, turned(y.c, cosine2, sine2));
      out(3, q, turned(y.d, cosine3, sine3));
    }
  }
}

RealFft::Split RealFft::transform(Split from, Split spare) noexcept {
  std::size_t length = bins();
  std::size_t stride = 1;
  const auto swap = [&] {
    const Split kept = from;
    from = spare;
    spare = kept;
  };
  if (length >= 16) {
    firstStage(from, spare);
  } else {  // eight: too few for four at a time, twice
    for (std::size_t p = 0; p < length / 4; ++p) {
      float sum[4][2];
      for (std::size_t k = 0; k < 4; ++k) {
        sum[k][0] = sum[k][1] = 0.0f;
        for (std::size_t j = 0; j < 4; ++j) {
          const std::size_t place = (k * j % 4) * (size_ / 4);
          const std::size_t at = p + j * (length / 4);
          sum[k][0] += from.re[at] * cosines_[place] + from.im[at] * sines_[place];
          sum[k][1] += from.im[at] * cosines_[place] - from.re[at] * sines_[place];
        }
        const std::size_t place = 2 * k * p;
        spare.re[4 * p + k] = sum[k][0] * cosines_[place] + sum[k][1] * sines_[place];
        spare.im[4 * p + k] = sum[k][1] * cosines_[place] - sum[k][0] * sines_[place];
      }
    }
  }
  swap();
  for (length /= 4, stride *= 4; length >= 4; length /= 4, stride *= 4) {
    stage(from, spare, length, stride);
    swap();
  }
  if (length == 2) {
    for (std::size_t q = 0; q < stride; q += 4) {
      const Complex4 a = load(from.re + q, from.im + q);
      const Complex4 b = load(from.re + q + stride, from.im + q + stride);
      const Complex4 sum = a + b;
      const Complex4 difference = a - b;
      sum.re.store(spare.re + q);
      sum.im.store(spare.im + q);
      difference.re.store(spare.re + q + stride);
      difference.im.store(spare.im + q + stride);
    }
    swap();
  }
  return from;
}

// The even samples as real, the odd ones as imaginary parts; their spectra are told apart by symmetry.
void RealFft::forward(const float* firstHalf, const float* secondHalf, float* re, float* im) noexcept {
  const std::size_t half = bins();
  const Split a{work_.data(), work_.data() + half};
  const Split b{work_.data() + 2 * half, work_.data() + 3 * half};
  for (std::size_t i = 0; i < half / 2; ++i) {
    a.re[i] = firstHalf[2 * i];
    a.im[i] = firstHalf[2 * i + 1];
    a.re[half / 2 + i] = secondHalf[2 * i];
    a.im[half / 2 + i] = secondHalf[2 * i + 1];
  }
  const Split z = transform(a, b);
  re[0] = z.re[0] + z.im[0];
  im[0] = z.re[0] - z.im[0];
  for (std::size_t k = 1; k < half; ++k) {
    const float evenRe = 0.5f * (z.re[k] + z.re[half - k]);
    const float evenIm = 0.5f * (z.im[k] - z.im[half - k]);
    const float oddRe = 0.5f * (z.im[k] + z.im[half - k]);
    const float oddIm = 0.5f * (z.re[half - k] - z.re[k]);
    re[k] = evenRe + (oddRe * cosines_[k] + oddIm * sines_[k]);
    im[k] = evenIm + (oddIm * cosines_[k] - oddRe * sines_[k]);
  }
}

void RealFft::inverse(const float* re, const float* im, float* samples) noexcept {
  const std::size_t half = bins();
  // Real and imaginary parts change places, so that the same transform goes back.
  const Split a{work_.data(), work_.data() + half};
  const Split b{work_.data() + 2 * half, work_.data() + 3 * half};
  a.im[0] = 0.5f * (re[0] + im[0]);
  a.re[0] = 0.5f * (re[0] - im[0]);
  for (std::size_t k = 1; k < half; ++k) {
    const float evenRe = 0.5f * (re[k] + re[half - k]);
    const float evenIm = 0.5f * (im[k] - im[half - k]);
    const float differenceRe = 0.5f * (re[k] - re[half - k]);
    const float differenceIm = 0.5f * (im[k] + im[half - k]);
    const float oddRe = differenceRe * cosines_[k] - differenceIm * sines_[k];
    const float oddIm = differenceIm * cosines_[k] + differenceRe * sines_[k];
    a.im[k] = evenRe - oddIm;
    a.re[k] = evenIm + oddRe;
  }
  const Split z = transform(a, b);
  for (std::size_t i = 0; i < half; ++i) {
    samples[2 * i] = z.im[i];
    samples[2 * i + 1] = z.re[i];
  }
}

}  // namespace mixwell::core
