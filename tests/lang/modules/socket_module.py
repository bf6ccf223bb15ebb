# modes: -image connections end with the process
import select
import socket
import threading

a, b = socket.socketpair()
a.sendall(b'hello')
print(b.recv(10), select.select([a], [a], [], 0) == ([], [a], []))
a.close()
print(b.recv(10), b.fileno() >= 0, a.fileno())
b.close()
listener = socket.create_server(('127.0.0.1', 0))
port = listener.getsockname()[1]


def serve():
    connection, address = listener.accept()
    with connection:
        while data := connection.recv(1000):
            connection.sendall(data.upper())


server = threading.Thread(target=serve)
server.start()
with socket.create_connection(('localhost', port)) as client:
    client.sendall(b'abc')
    print(client.recv(10), client.getpeername() == ('127.0.0.1', port))
    client.sendall(b'x' * 200000)
    count = 0
    while count < 200000:
        count += len(client.recv(65536))
    client.sendall(b'line 1\nline 2\n')
    with client.makefile('rb') as file:
        print(count, file.readline(), file.readline())
server.join()
listener.close()

u = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
u.bind(('127.0.0.1', 0))
v = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
v.sendto(b'datagram', u.getsockname())
data, sender = u.recvfrom(100)
buffer = bytearray(10)
v.sendto(b'again', 0, u.getsockname())
print(data, sender[0], u.recv_into(buffer), buffer)
u.settimeout(0.02)
print(u.gettimeout(), u.getblocking())


def refuse(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e if 'gai' not in type(e).__name__ else '')


refuse(lambda: u.recv(10))
u.setblocking(False)
refuse(lambda: u.recv(10))
refuse(lambda: socket.create_connection(('127.0.0.1', 1)))
refuse(lambda: socket.getaddrinfo('no.such.host.invalid', 80))
refuse(lambda: u.bind('x'))
refuse(lambda: u.bind(('127.0.0.1', 70000)))
refuse(lambda: u.recv(-1))
refuse(lambda: select.select([-1], [], []))
refuse(lambda: socket.inet_aton('1.2.3.999'))
print(socket.getaddrinfo('127.0.0.1', 80, type=socket.SOCK_STREAM))
print(socket.inet_aton('127.1'), socket.inet_ntoa(b'\x01\x02\x03\x04'), socket.htons(1), socket.htonl(1))
print(socket.inet_pton(socket.AF_INET6, '::1')[-1], socket.inet_ntop(socket.AF_INET6, bytes(15) + b'\x01'))
print(u.getsockopt(socket.SOL_SOCKET, socket.SO_TYPE) == socket.SOCK_DGRAM, u.type, u.family)
fd = u.detach()
w = socket.socket(fileno=fd)
print(w.family, w.type, w.fileno() == fd)
w.close()
v.close()
refuse(lambda: v.send(b'x'))
