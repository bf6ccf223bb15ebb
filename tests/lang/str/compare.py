print("a" < "b", "a" < "B", "abc" < "abd", "ab" < "abc", "" < "a", "é" > "z", "\uffff" < "\U00010000")
print("a" == "a", "a" != "b", "a" == b"a", max("hello"), min("hello"), sorted("hello"))
