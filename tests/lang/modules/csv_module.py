import csv
import io

print(list(csv.reader(io.StringIO('a,b,"c ""x"" d"\r\n1,2,"multi\nline"\n\n"q",,\n'))))
s = io.StringIO()
w = csv.writer(s)
print(w.writerow(['a', 1, 2.5, None, 'x,y', 'q"q', 'nl\n']))
w.writerows([[], [''], 'ab'])
print(repr(s.getvalue()))
s = io.StringIO()
w = csv.DictWriter(s, ['a', 'b'])
w.writeheader()
w.writerow({'a': 1, 'b': 'z'})
print(repr(s.getvalue()), list(csv.DictReader(io.StringIO(s.getvalue()))))
print(csv.list_dialects(), csv.Sniffer().sniff('a;b;c\n1;2;3\n').delimiter)
print(list(csv.reader(["1,'2,3',x\\,y"], quotechar="'", escapechar='\\')))
print(list(csv.reader(['1,"2",3.5'], quoting=csv.QUOTE_NONNUMERIC)))
s = io.StringIO()
csv.writer(s, quoting=csv.QUOTE_NONNUMERIC, lineterminator='|').writerow([1, 'a', 2.5])
csv.writer(s, quoting=csv.QUOTE_NONE, escapechar='!', lineterminator='|').writerow(['a,b', 'c!'])
csv.writer(s, doublequote=False, escapechar='!', lineterminator='|').writerow(['a"b'])
print(s.getvalue())


class semicolons(csv.excel):
    delimiter = ';'
    skipinitialspace = True


print(list(csv.reader(['a; b;c'], semicolons)))
for f in (lambda: list(csv.reader(['"a'], strict=True)), lambda: list(csv.reader(['"a"b'], strict=True)),
          lambda: csv.reader([], delimiter='ab'), lambda: csv.reader([], quoting=9), lambda: csv.get_dialect('x'),
          lambda: csv.writer(s, quoting=csv.QUOTE_NONE).writerow(['a,b']), lambda: list(csv.reader([b'x'])),
          lambda: csv.writer(s, quoting=csv.QUOTE_NONE).writerow(['']), lambda: csv.reader([], quotechar=None, quoting=1),
          lambda: list(csv.reader(['a\rb'])), lambda: csv.writer(s).writerow(5)):
    try:
        print(f())
    except Exception as e:
        print(type(e), e)
r = csv.reader(['a', '"b', 'c"'])
print([(row, r.line_num) for row in r])
