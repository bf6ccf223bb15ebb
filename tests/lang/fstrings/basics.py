x, name, d = 3.14159, "é", {"k": [1, 2]}
print(f"{x} {x:.2f} {name!r} {name!a} {name!s:>4} {d['k'][1]} {x + 1:.1f} {{}} {x=} {x = :.3f} {name=!s}")
w, p = 10, 3
print(f"{x:{w}.{p}}|{x:<{w}}|{'a' if x > 3 else 'b'}|{(lambda v: v * 2)(4)}|{[i for i in range(3)]}")
print(f"a" "b" f"{1}" 'c', f"", f"{''}", rf"\n{x:.1f}", f"\n{1}\t", f"{x!r:^20}|", F"{1}{2}", f'{"nested"}', f"{f'{x:.1f}'}")
print(f"""multi
{x:.1f}
line""", f"{1:>{2 + 3}}", f"{'a':*^5}", f"{3 != 4}", f"{d!r}", f"{ {1: 2}[1] }")
