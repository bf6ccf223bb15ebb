for s in ("plain", "it's", 'say "x"', "both ' and \"", "tab\tnl\nret\r", "\x00\x1f\x7f", "é€😀", "\\", "\xa0\u200b\ud800"):
    print(ascii(s), s.isascii())
    if s != "\xa0\u200b\ud800":
        print(repr(s))
print(repr("\xa0\u200b\ud800"))
print(len("\N{GREEK SMALL LETTER ALPHA}\u03b2\U0001F600\x41\101"), "a\
b", r"\n", "a" "b" 'c')
