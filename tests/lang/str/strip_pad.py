print("  x ".strip() + "|", "xxabxx".strip("x"), "abcab".lstrip("ab"), "abcab".rstrip("ba"), " x ".lstrip() + "|")
print("x".center(5, "*"), "x".ljust(4, ".") + "|", "x".rjust(4) + "|", "42".zfill(5), "-42".zfill(5), "ab".center(5))
print("TestCase".removeprefix("Test"), "TestCase".removesuffix("Case"), "abc".removeprefix("x"))
print("a\tbc\td".expandtabs(4) + "|")
