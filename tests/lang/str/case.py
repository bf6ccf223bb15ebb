s = "hello World straße ǅ"
print(s.upper(), s.lower(), s.title(), s.capitalize(), s.swapcase(), s.casefold())
print("abc".isalpha(), "ab1".isalnum(), "12".isdigit(), "½".isnumeric(), "²".isdigit(), "²".isdecimal(), " \t".isspace())
print("Ab".istitle(), "ab".islower(), "AB".isupper(), "a b".isidentifier(), "_x1".isidentifier(), "".isalpha(), "a\n".isprintable())
