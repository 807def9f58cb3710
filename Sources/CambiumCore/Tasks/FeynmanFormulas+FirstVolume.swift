extension FeynmanFormula {
  /// Mechanics, radiation and heat.
  static let firstVolume: [FeynmanFormula] = [
    .init(
      "I_6_2", "f", "exp(-(theta/sigma)**2/2)/(sqrt(2*pi)*sigma)",
      [.init("sigma", 1, 3), .init("theta", 1, 3)]),
    .init(
      "I_6_2b", "f", "exp(-((theta-theta1)/sigma)**2/2)/(sqrt(2*pi)*sigma)",
      [.init("sigma", 1, 3), .init("theta", 1, 3), .init("theta1", 1, 3)]),
    .init(
      "I_9_18", "F", "G*m1*m2/((x2-x1)**2+(y2-y1)**2+(z2-z1)**2)",
      [
        .init("m1", 1, 2), .init("m2", 1, 2), .init("G", 1, 2), .init("x1", 3, 4), .init("x2", 1, 2),
        .init("y1", 3, 4), .init("y2", 1, 2), .init("z1", 3, 4), .init("z2", 1, 2),
      ]),
    .init(
      "I_10_7", "m", "m_0/sqrt(1-v**2/c**2)",
      [.init("m_0", 1, 5), .init("v", 1, 2), .init("c", 3, 10)]),
    .init(
      "I_12_1", "F", "mu*Nn",
      [.init("mu", 1, 5), .init("Nn", 1, 5)]),
    .init(
      "I_12_2", "F", "q1*q2*r/(4*pi*epsilon*r**3)",
      [.init("q1", 1, 5), .init("q2", 1, 5), .init("epsilon", 1, 5), .init("r", 1, 5)]),
    .init(
      "I_12_5", "F", "q2*Ef",
      [.init("q2", 1, 5), .init("Ef", 1, 5)]),
    .init(
      "I_13_4", "K", "1/2*m*(v**2+u**2+w**2)",
      [.init("m", 1, 5), .init("v", 1, 5), .init("u", 1, 5), .init("w", 1, 5)]),
    .init(
      "I_14_4", "U", "1/2*k_spring*x**2",
      [.init("k_spring", 1, 5), .init("x", 1, 5)]),
    .init(
      "I_15_3t", "t1", "(t-u*x/c**2)/sqrt(1-u**2/c**2)",
      [.init("x", 1, 5), .init("c", 3, 10), .init("u", 1, 2), .init("t", 1, 5)]),
    .init(
      "I_16_6", "v1", "(u+v)/(1+u*v/c**2)",
      [.init("c", 1, 5), .init("v", 1, 5), .init("u", 1, 5)]),
    .init(
      "I_18_14", "L", "m*r*v*sin(theta)",
      [.init("m", 1, 5), .init("r", 1, 5), .init("v", 1, 5), .init("theta", 1, 5)]),
    .init(
      "I_24_6", "E_n", "1/2*m*(omega**2+omega_0**2)*1/2*x**2",
      [.init("m", 1, 3), .init("omega", 1, 3), .init("omega_0", 1, 3), .init("x", 1, 3)]),
    .init(
      "I_26_2", "theta1", "arcsin(n*sin(theta2))",
      [.init("n", 0, 1), .init("theta2", 1, 5)]),
    .init(
      "I_29_16", "x", "sqrt(x1**2+x2**2-2*x1*x2*cos(theta1-theta2))",
      [.init("x1", 1, 5), .init("x2", 1, 5), .init("theta1", 1, 5), .init("theta2", 1, 5)]),
    .init(
      "I_30_3", "Int", "Int_0*sin(n*theta/2)**2/sin(theta/2)**2",
      [.init("Int_0", 1, 5), .init("theta", 1, 5), .init("n", 1, 5)]),
    .init(
      "I_32_17", "Pwr", "(1/2*epsilon*c*Ef**2)*(8*pi*r**2/3)*(omega**4/(omega**2-omega_0**2)**2)",
      [
        .init("epsilon", 1, 2), .init("c", 1, 2), .init("Ef", 1, 2), .init("r", 1, 2), .init("omega", 1, 2),
        .init("omega_0", 3, 5),
      ]),
    .init(
      "I_34_1", "omega", "omega_0/(1-v/c)",
      [.init("c", 3, 10), .init("v", 1, 2), .init("omega_0", 1, 5)]),
    .init(
      "I_34_27", "E_n", "(h/(2*pi))*omega",
      [.init("omega", 1, 5), .init("h", 1, 5)]),
    .init(
      "I_37_4", "Int", "I1+I2+2*sqrt(I1*I2)*cos(delta)",
      [.init("I1", 1, 5), .init("I2", 1, 5), .init("delta", 1, 5)]),
    .init(
      "I_39_1", "E_n", "3/2*pr*V",
      [.init("pr", 1, 5), .init("V", 1, 5)]),
    .init(
      "I_39_22", "pr", "n*kb*T/V",
      [.init("n", 1, 5), .init("T", 1, 5), .init("V", 1, 5), .init("kb", 1, 5)]),
    .init(
      "I_41_16", "L_rad", "h/(2*pi)*omega**3/(pi**2*c**2*(exp((h/(2*pi))*omega/(kb*T))-1))",
      [.init("omega", 1, 5), .init("T", 1, 5), .init("h", 1, 5), .init("kb", 1, 5), .init("c", 1, 5)]),
    .init(
      "I_43_31", "D", "mob*kb*T",
      [.init("mob", 1, 5), .init("T", 1, 5), .init("kb", 1, 5)]),
    .init(
      "I_44_4", "E_n", "n*kb*T*ln(V2/V1)",
      [.init("n", 1, 5), .init("kb", 1, 5), .init("T", 1, 5), .init("V1", 1, 5), .init("V2", 1, 5)]),
    .init(
      "I_48_2", "E_n", "m*c**2/sqrt(1-v**2/c**2)",
      [.init("m", 1, 5), .init("v", 1, 2), .init("c", 3, 10)]),
  ]
}
