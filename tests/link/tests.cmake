# One row a link test: the program and the layers it may need. The compiler to machine code is in none of them:
# lisle_vm links and runs without it.
lisle_link_test(runtime_alone lisle_runtime)
lisle_link_test(two_machines lisle_vm)
