extension FeynmanFormula {
  /// Electromagnetism and matter.
  static let secondVolume: [FeynmanFormula] = [
    .init(
      "II_4_23", "Volt", "q/(4*pi*epsilon*r)",
      [.init("q", 1, 5), .init("epsilon", 1, 5), .init("r", 1, 5)]),
    .init(
      "II_6_15a", "Ef", "p_d/(4*pi*epsilon)*3*z/r**5*sqrt(x**2+y**2)",
      [
        .init("epsilon", 1, 3), .init("p_d", 1, 3), .init("r", 1, 3), .init("x", 1, 3), .init("y", 1, 3),
        .init("z", 1, 3),
      ]),
    .init(
      "II_8_31", "E_den", "epsilon*Ef**2/2",
      [.init("epsilon", 1, 5), .init("Ef", 1, 5)]),
    .init(
      "II_11_20", "Pol", "n_rho*p_d**2*Ef/(3*kb*T)",
      [.init("n_rho", 1, 5), .init("p_d", 1, 5), .init("Ef", 1, 5), .init("kb", 1, 5), .init("T", 1, 5)]),
    .init(
      "II_11_28", "theta", "1+n*alpha/(1-(n*alpha/3))",
      [.init("n", 0, 1), .init("alpha", 0, 1)]),
    .init(
      "II_13_17", "B", "1/(4*pi*epsilon*c**2)*2*I/r",
      [.init("epsilon", 1, 5), .init("c", 1, 5), .init("I", 1, 5), .init("r", 1, 5)]),
    .init(
      "II_13_34", "j", "rho_c_0*v/sqrt(1-v**2/c**2)",
      [.init("rho_c_0", 1, 5), .init("v", 1, 2), .init("c", 3, 10)]),
    .init(
      "II_15_5", "E_n", "-p_d*Ef*cos(theta)",
      [.init("p_d", 1, 5), .init("Ef", 1, 5), .init("theta", 1, 5)]),
    .init(
      "II_24_17", "k", "sqrt(omega**2/c**2-pi**2/d**2)",
      [.init("omega", 4, 6), .init("c", 1, 2), .init("d", 2, 4)]),
    .init(
      "II_27_18", "E_den", "epsilon*Ef**2",
      [.init("epsilon", 1, 5), .init("Ef", 1, 5)]),
    .init(
      "II_34_2a", "I", "q*v/(2*pi*r)",
      [.init("q", 1, 5), .init("v", 1, 5), .init("r", 1, 5)]),
    .init(
      "II_34_11", "omega", "g_*q*B/(2*m)",
      [.init("g_", 1, 5), .init("q", 1, 5), .init("B", 1, 5), .init("m", 1, 5)]),
    .init(
      "II_34_29a", "mom", "q*h/(4*pi*m)",
      [.init("q", 1, 5), .init("h", 1, 5), .init("m", 1, 5)]),
    .init(
      "II_35_21", "M", "n_rho*mom*tanh(mom*B/(kb*T))",
      [.init("n_rho", 1, 5), .init("mom", 1, 5), .init("B", 1, 5), .init("kb", 1, 5), .init("T", 1, 5)]),
    .init(
      "II_37_1", "E_n", "mom*(1+chi)*B",
      [.init("mom", 1, 5), .init("B", 1, 5), .init("chi", 1, 5)]),
    .init(
      "II_38_3", "F", "Y*A*x/d",
      [.init("Y", 1, 5), .init("A", 1, 5), .init("d", 1, 5), .init("x", 1, 5)]),
  ]

  /// Quantum mechanics.
  static let thirdVolume: [FeynmanFormula] = [
    .init(
      "III_4_32", "n", "1/(exp((h/(2*pi))*omega/(kb*T))-1)",
      [.init("h", 1, 5), .init("omega", 1, 5), .init("kb", 1, 5), .init("T", 1, 5)]),
    .init(
      "III_7_38", "omega", "2*mom*B/(h/(2*pi))",
      [.init("mom", 1, 5), .init("B", 1, 5), .init("h", 1, 5)]),
    .init(
      "III_9_52", "prob", "(p_d*Ef*t/(h/(2*pi)))*sin((omega-omega_0)*t/2)**2/((omega-omega_0)*t/2)**2",
      [
        .init("p_d", 1, 3), .init("Ef", 1, 3), .init("t", 1, 3), .init("h", 1, 3), .init("omega", 1, 5),
        .init("omega_0", 1, 5),
      ]),
    .init(
      "III_10_19", "E_n", "mom*sqrt(Bx**2+By**2+Bz**2)",
      [.init("mom", 1, 5), .init("Bx", 1, 5), .init("By", 1, 5), .init("Bz", 1, 5)]),
    .init(
      "III_13_18", "v", "2*E_n*d**2*k/(h/(2*pi))",
      [.init("E_n", 1, 5), .init("d", 1, 5), .init("k", 1, 5), .init("h", 1, 5)]),
    .init(
      "III_15_12", "E_n", "2*U*(1-cos(k*d))",
      [.init("U", 1, 5), .init("k", 1, 5), .init("d", 1, 5)]),
    .init(
      "III_15_27", "k", "2*pi*alpha/(n*d)",
      [.init("alpha", 1, 5), .init("n", 1, 5), .init("d", 1, 5)]),
    .init(
      "III_19_51", "E_n", "-m*q**4/(2*(4*pi*epsilon)**2*(h/(2*pi))**2)*(1/n**2)",
      [.init("m", 1, 5), .init("q", 1, 5), .init("h", 1, 5), .init("n", 1, 5), .init("epsilon", 1, 5)]),
  ]

  /// Formulas from other textbooks, harder ones.
  static let bonus: [FeynmanFormula] = [
    .init(
      "test_2", "k", "m*k_G/L**2*(1+sqrt(1+2*E_n*L**2/(m*k_G**2))*cos(theta1-theta2))",
      [
        .init("m", 1, 3), .init("k_G", 1, 3), .init("L", 1, 3), .init("E_n", 1, 3), .init("theta1", 0, 6),
        .init("theta2", 0, 6),
      ]),
    .init(
      "test_3", "r", "d*(1-alpha**2)/(1+alpha*cos(theta1-theta2))",
      [.init("d", 1, 3), .init("alpha", 2, 4), .init("theta1", 4, 5), .init("theta2", 4, 5)]),
    .init(
      "test_5", "t", "2*pi*d**(3/2)/sqrt(G*(m1+m2))",
      [.init("d", 1, 3), .init("G", 1, 3), .init("m1", 1, 3), .init("m2", 1, 3)]),
    .init(
      "test_7", "H_G", "sqrt(8*pi*G*rho/3-alpha*c**2/d**2)",
      [.init("G", 1, 3), .init("rho", 1, 3), .init("alpha", 1, 2), .init("c", 1, 2), .init("d", 1, 3)]),
    .init(
      "test_9", "Pwr", "-32/5*G**4/c**5*(m1*m2)**2*(m1+m2)/r**5",
      [.init("G", 1, 2), .init("c", 1, 2), .init("m1", 1, 5), .init("m2", 1, 5), .init("r", 1, 2)]),
    .init(
      "test_10", "theta1", "arccos((cos(theta2)-v/c)/(1-v/c*cos(theta2)))",
      [.init("c", 4, 6), .init("v", 1, 3), .init("theta2", 1, 3)]),
    .init(
      "test_12", "F", "q/(4*pi*epsilon*y**2)*(4*pi*epsilon*Volt*d-q*d*y**3/(y**2-d**2)**2)",
      [.init("q", 1, 5), .init("y", 1, 3), .init("Volt", 1, 5), .init("d", 4, 6), .init("epsilon", 1, 5)]),
    .init(
      "test_14", "Volt", "Ef*cos(theta)*(-r+d**3/r**2*(alpha-1)/(alpha+2))",
      [.init("Ef", 1, 5), .init("theta", 0, 6), .init("r", 1, 5), .init("d", 1, 5), .init("alpha", 1, 5)]),
    .init(
      "test_16", "E_n", "sqrt((p-q*A_vec)**2*c**2+m**2*c**4)+q*Volt",
      [
        .init("m", 1, 5), .init("c", 1, 5), .init("p", 1, 5), .init("q", 1, 5), .init("A_vec", 1, 5),
        .init("Volt", 1, 5),
      ]),
    .init(
      "test_18", "rho_0", "3/(8*pi*G)*(c**2*k_f/r**2+H_G**2)",
      [.init("G", 1, 5), .init("k_f", 1, 5), .init("r", 1, 5), .init("H_G", 1, 5), .init("c", 1, 5)]),
  ]
}
