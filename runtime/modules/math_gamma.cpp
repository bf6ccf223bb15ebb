// The gamma function and its logarithm by the approximation of Lanczos, in the form with 13 rational
// coefficients and g = 6.0246800407767296 that the Boost libraries publish for doubles. The C library's own
// functions differ in the last digit from those that the language prints.
#include <cmath>
#include <limits>
#include <numbers>

#include "runtime/modules/math_common.h"

namespace lisle::rt {

namespace {

constexpr f64 kInfinity = std::numeric_limits<f64>::infinity();
constexpr f64 kPi = std::numbers::pi;
constexpr f64 kLogPi = 1.144729885849400174143427351353058711647;
constexpr f64 kG = 6.024680040776729583740234375;
constexpr f64 kGMinusHalf = 5.524680040776729583740234375;
constexpr int kTerms = 13;
constexpr f64 kNumerator[kTerms] = {
    23531376880.410759688572007674451636754734846804940, 42919803642.649098768957899047001988850926355848959,
    35711959237.355668049440185451547166705960488635843, 17921034426.037209699919755754458931112671403265390,
    6039542586.3520280050642916443072979210699388420708, 1439720407.3117216736632230727949123939715485786372,
    248874557.86205415651146038641322942321632125127801, 31426415.585400194380614231628318205362874684987640,
    2876370.6289353724412254090516208496135991145378768, 186056.26539522349504029498971604569928220784236328,
    8071.6720023658162106380029022722506138218516325024, 210.82427775157934587250973392071336271166969580291,
    2.5066282746310002701649081771338373386264310793408};
constexpr f64 kDenominator[kTerms] = {0.0,        39916800.0, 120543840.0, 150917976.0, 105258076.0,
                                      45995730.0, 13339535.0, 2637558.0,   357423.0,    32670.0,
                                      1925.0,     66.0,       1.0};
constexpr int kExactFactorials = 23;  // gamma of an integer up to this is a double exactly

// The rational function of the approximation; in powers of 1/x where powers of x would grow.
f64 lanczos_sum(f64 x) {
  constexpr f64 kTurn = 5;
  f64 numerator = 0, denominator = 0;
  if (x < kTurn) {
    for (int i = kTerms - 1; i >= 0; --i) {
      numerator = numerator * x + kNumerator[i];
      denominator = denominator * x + kDenominator[i];
    }
  } else {
    for (int i = 0; i < kTerms; ++i) {
      numerator = numerator / x + kNumerator[i];
      denominator = denominator / x + kDenominator[i];
    }
  }
  return numerator / denominator;
}

// sin(pi * x), exact about its zeros.
f64 sin_pi(f64 x) {
  f64 y = std::fmod(std::fabs(x), 2.0);
  f64 value = 0;
  switch (static_cast<int>(std::round(2.0 * y))) {
    case 0:
      value = std::sin(kPi * y);
      break;
    case 1:
      value = std::cos(kPi * (y - 0.5));
      break;
    case 2:
      // Not -sin(pi * (y - 1)), whose zero would have the wrong sign.
      value = std::sin(kPi * (1.0 - y));
      break;
    case 3:
      value = -std::cos(kPi * (y - 1.5));
      break;
    default:
      value = std::sin(kPi * (y - 2.0));
      break;
  }
  return std::copysign(1.0, x) * value;
}

// gamma(x) for finite x that is neither tiny, nor huge, nor a pole.
f64 gamma_of(f64 x) {
  constexpr f64 kPowerOverflows = 140;
  f64 size = std::fabs(x);
  f64 y = size + kGMinusHalf;
  // What the rounding of y lost, to be given back in first order.
  f64 lost = size > kGMinusHalf ? (y - size) - kGMinusHalf : (y - kGMinusHalf) - size;
  f64 correction = lost * kG / y;
  f64 result = 0;
  if (x < 0) {
    result = -kPi / sin_pi(size) / size * std::exp(y) / lanczos_sum(size);
    result -= correction * result;
    if (size < kPowerOverflows) return result / std::pow(y, size - 0.5);
    f64 root = std::pow(y, size / 2.0 - 0.25);
    return result / root / root;
  }
  result = lanczos_sum(size) / std::exp(y);
  result += correction * result;
  if (size < kPowerOverflows) return result * std::pow(y, size - 0.5);
  f64 root = std::pow(y, size / 2.0 - 0.25);
  return result * root * root;
}

Result math_gamma(Runtime& rt, Frame& f) {
  constexpr f64 kTiny = 1e-20, kHuge = 200;
  if (!is_plain_real(rt, f[0])) return retry_converted(rt, f, {Want::kFloat});
  f64 x = 0;
  TRY(double_of(rt, f[0], x));
  if (std::isnan(x) || x == kInfinity) return new_float(rt, x);
  bool integral = x == std::floor(x);
  if (x == -kInfinity || (integral && x <= 0)) return raise_math_domain(rt);
  if (integral && x <= kExactFactorials) {
    f64 product = 1;
    for (int i = 2; i < static_cast<int>(x); ++i) product *= i;
    return new_float(rt, product);
  }
  f64 result = 0;
  if (std::fabs(x) < kTiny) {
    result = 1.0 / x;
  } else if (std::fabs(x) > kHuge) {
    result = x < 0 ? 0.0 / sin_pi(x) : kInfinity;
  } else {
    result = gamma_of(x);
  }
  return std::isinf(result) ? raise_math_range(rt) : new_float(rt, result);
}

Result math_lgamma(Runtime& rt, Frame& f) {
  constexpr f64 kTiny = 1e-20;
  if (!is_plain_real(rt, f[0])) return retry_converted(rt, f, {Want::kFloat});
  f64 x = 0;
  TRY(double_of(rt, f[0], x));
  if (std::isnan(x)) return new_float(rt, x);
  if (std::isinf(x)) return new_float(rt, kInfinity);
  if (x == std::floor(x) && x <= 2) return x <= 0 ? raise_math_domain(rt) : new_float(rt, 0.0);
  f64 size = std::fabs(x);
  if (size < kTiny) return new_float(rt, -std::log(size));
  f64 result = std::log(lanczos_sum(size)) - kG;
  result += (size - 0.5) * (std::log(size + kG - 0.5) - 1);
  // The reflection formula.
  if (x < 0) result = kLogPi - std::log(std::fabs(sin_pi(size))) - std::log(size) - result;
  return std::isinf(result) ? raise_math_range(rt) : new_float(rt, result);
}

const NativeSpec kFunctions[] = {
    {"gamma", math_gamma, "(x, /)", "Gamma function at x."},
    {"lgamma", math_lgamma, "(x, /)", "Natural logarithm of absolute value of Gamma function at x."},
};

}  // namespace

std::span<const NativeSpec> math_gamma_functions() {
  return kFunctions;
}

}  // namespace lisle::rt
