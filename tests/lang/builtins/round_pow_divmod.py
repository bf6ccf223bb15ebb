print(round(3.7), round(-3.5), round(1234, -2), pow(2, 3), pow(2.0, 3), divmod(17, 5), divmod(-17, 5), abs(-2.5), abs(3 + 4j), abs(True))
