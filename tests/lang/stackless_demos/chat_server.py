# A chat over sockets: a tasklet for each connection, which reads as if it were alone; what one says, all hear.
# modes: -image open connections do not survive their process
# expect: ann: ['* bob is here', 'bob: hello', '* carl is here', 'carl: hi all', '* bob has left', 'ann: bye']
# expect: bob: ['ann: welcome bob', 'bob: hello', '* carl is here', 'carl: hi all']
# expect: carl: ['carl: hi all', '* bob has left', 'ann: bye', '* ann has left']
# expect: listening False
import lisle
import socket


class Server:
    def __init__(self):
        self.listener = socket.create_server(('127.0.0.1', 0))
        self.address = self.listener.getsockname()
        self.guests = {}
        lisle.tasklet(self.listen)()

    def listen(self):
        try:
            while True:
                connection, address = self.listener.accept()
                lisle.tasklet(self.serve)(connection)
        except OSError:
            pass

    def tell(self, line, but=None):
        for name, connection in list(self.guests.items()):
            if name != but:
                connection.sendall(line.encode() + b'\n')

    def serve(self, connection):
        with connection, connection.makefile('r', encoding='utf-8') as lines:
            name = lines.readline().strip()
            self.guests[name] = connection
            self.tell(f'* {name} is here', but=name)
            for line in lines:
                self.tell(f'{name}: {line.strip()}')
            del self.guests[name]
            self.tell(f'* {name} has left')


class Guest:
    def __init__(self, name, server):
        self.name = name
        self.connection = socket.create_connection(server.address)
        self.heard = []
        self.news = lisle.buffered(10)
        self.say(name)
        self.reader = lisle.spawn(self.listen)

    def say(self, line):
        self.connection.sendall(line.encode() + b'\n')

    def listen(self):
        with self.connection.makefile('r', encoding='utf-8') as lines:
            for line in lines:
                self.heard.append(line.strip())
                self.news.send(line.strip())

    def expect(self, line):
        """Wait until the line was heard."""
        while line not in self.heard:
            self.news.receive()

    def leave(self):
        self.connection.shutdown(socket.SHUT_WR)


server = Server()
ann = Guest('ann', server)
while 'ann' not in server.guests:
    lisle.sleep(0.001)
bob = Guest('bob', server)
ann.expect('* bob is here')
ann.connection.sendall(b'')
server.guests['bob'].sendall(b'ann: welcome bob\n')
bob.expect('ann: welcome bob')
bob.say('hello')
ann.expect('bob: hello')
bob.expect('bob: hello')
carl = Guest('carl', server)
ann.expect('* carl is here')
bob.expect('* carl is here')
carl.say('hi all')
for guest in (ann, bob, carl):
    guest.expect('carl: hi all')
bob.leave()
ann.expect('* bob has left')
carl.expect('* bob has left')
ann.say('bye')
ann.expect('ann: bye')
carl.expect('ann: bye')
ann.leave()
carl.expect('* ann has left')
carl.leave()
for guest in (ann, bob, carl):
    guest.reader.join()
    guest.connection.close()
    print(f'{guest.name}: {guest.heard}')
server.listener.close()
print('listening', server.listener.fileno() >= 0)
