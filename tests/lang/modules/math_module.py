import math
print(math.pi, math.e, math.tau, math.inf, math.nan)
print(math.sqrt(2), math.sin(1), math.cos(1), math.tan(1), math.atan2(1, 2), math.exp(1), math.log(10), math.log(8, 2), math.log2(8), math.log10(1000))
print(math.floor(-1.5), math.ceil(-1.5), math.trunc(-1.5), math.fabs(-2), math.fmod(-7, 3), math.modf(-1.25), math.frexp(8.5), math.ldexp(0.5, 4))
print(math.gcd(12, 18), math.gcd(), math.lcm(4, 6), math.factorial(20), math.comb(10, 3), math.perm(5, 2), math.isqrt(10**20), math.hypot(3, 4), math.dist([0, 0], [3, 4]))
print(math.isnan(math.nan), math.isinf(-math.inf), math.isfinite(1), math.isclose(0.1 + 0.2, 0.3), math.copysign(1, -0.0), math.fsum([0.1] * 10), math.prod([1, 2, 3]), math.degrees(math.pi), math.radians(180))
for f in (lambda: math.sqrt(-1), lambda: math.log(0), lambda: math.factorial(-1), lambda: math.exp(1000), lambda: math.sqrt("x"), lambda: math.acos(2), lambda: math.floor(math.nan)):
    try:
        f()
    except (ValueError, OverflowError, TypeError) as e:
        print(type(e).__name__, e)
