def t(f):
    try: print(f())
    except Exception as e: print(type(e).__name__,e)
from array import array
m=memoryview(bytes(range(24)))
c=m.cast('B',[2,3,4])
t(lambda:c.tolist()); t(lambda:(c.shape,c.strides,c.ndim,c.format,c.nbytes,len(c)))
t(lambda:c[1,2,3]); t(lambda:c[1,2]); t(lambda:c[1]); t(lambda:c[1,2,3,4]); t(lambda:c[1:].tolist()); t(lambda:c[::-1].tolist())
t(lambda:c[::-1].c_contiguous); t(lambda:c.f_contiguous)
t(lambda:c[2,0,0]); t(lambda:c[0,5,0]); t(lambda:c[(slice(1),slice(2))]); t(lambda:c['a'])
t(lambda:c.cast('B').tolist()); t(lambda:c.cast('i').tolist()); t(lambda: m.cast('i').tolist()); t(lambda:m.cast('@i').format)
t(lambda:m.cast('d',shape=[3]).shape); t(lambda:m.cast('d',shape=[4])); t(lambda:m.cast('d',[0])); t(lambda:m.cast('d',['a'])); t(lambda:m.cast('d',5))
t(lambda:m.cast('x')); t(lambda:m.cast('B',[2,12]).tobytes('F')); t(lambda:m.cast('B',[2,12]).tobytes('Q'))
z=memoryview(b'a').cast('B',[])
t(lambda:z.tolist()); t(lambda:z[()]); t(lambda:z[0]); t(lambda:len(z)); t(lambda:z.shape)
a=array('d',[1.0,float('nan')]); t(lambda:memoryview(a)==a); t(lambda:memoryview(a)==memoryview(a)); t(lambda: memoryview(array('i',[1,2]))==array('d',[1,2]))
b=bytearray(8); w=memoryview(b).cast('i'); 
def s(i,v): w[i]=v
t(lambda:s(0,5)); t(lambda:s(0,2**40)); t(lambda:s(0,1.5)); t(lambda:s(0,'a')); t(lambda:s(5,1)); t(lambda:s(slice(0,1),array('i',[9]))); t(lambda:s(slice(0,1),b'abcd')); t(lambda:b)
f=memoryview(b).cast('d'); f[0]=1; t(lambda:f[0]); q=memoryview(b).cast('?'); q[0]=[]; t(lambda:q.tolist())
class I:
    def __index__(self): return 7
w[1]=I(); t(lambda:w.tolist())
t(lambda:hash(m)==hash(bytes(range(24)))); t(lambda:hash(m.cast('i'))); t(lambda:hash(w))
t(lambda:m.hex(':',4)); t(lambda:m[::2].hex()); t(lambda:bytes(m[::-3]))
w.release(); t(lambda:w.tolist())
t(lambda:memoryview(5)); t(lambda:memoryview(b'abc')>b'a'); t(lambda:m.toreadonly().readonly); t(lambda:list(m[:3])); t(lambda:7 in m)
t(lambda:b'x'.join([memoryview(b'ab'),array('b',[65])]))
x=bytearray(b'abc'); x[::2]=b''; print(x)
def g():
    x=bytearray(b'abc'); v=memoryview(x)
    for op in (lambda:x.append(1),lambda:x.clear(),lambda:x.pop(),lambda:x.extend(b'a'),lambda:x.__delitem__(0),lambda:x.__setitem__(slice(0,1),b'xx'),lambda:x.__setitem__(slice(0,1),b'x')): t(op)
    v.release(); x.append(5); print(x)
    n=bytes(memoryview(x)[:2]); del x[:2]; print(x)
g()
