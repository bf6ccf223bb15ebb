# expect: ValueError('early')
# expect: <class 'KeyError'> KeyError('k')
# expect: True
# expect: KeyError('k')
# expect: None None
import stackless
c = stackless.channel()
def receiver():
    try:
        c.receive()
    except Exception as error:
        print(repr(error))
stackless.tasklet(receiver)()
stackless.run()
c.send(stackless.bomb(ValueError, "early"))
stackless.tasklet(receiver)()
stackless.run()
t = c.queue
t.throw(KeyError, "k", pending=True)
print(t.tempval.type, repr(t.tempval.value))
print(isinstance(t.tempval, stackless.bomb))
stackless.run()
print(stackless.bomb().type, stackless.bomb().value)
