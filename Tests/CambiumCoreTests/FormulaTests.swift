import Testing

@testable import CambiumCore

@Suite struct FormulaTests {
  @Test(arguments: [
    ("1+2*3", 7.0), ("(1+2)*3", 9), ("2**3**2", 512), ("-2**2", -4), ("2**-1", 0.5), ("8/2/2", 2),
    ("8-2-2", 4),
    ("--1", 1), ("sqrt(16)*pi/pi", 4), ("x*y_1", 6), ("-x**2/2", -2), ("exp(ln(x))", 2), ("1e3*x", 2000),
  ])
  func precedence(text: String, value: Double) throws {
    let formula = try #require(Formula(text, variables: ["x", "y_1"]))
    #expect(abs(formula.value(of: [2, 3]) - value) < 1e-12)
  }

  @Test(arguments: [
    "", "1+", "(1", "1)", "x y", "f(1)", "z", "sqrt", "-(", "1**", "*1", "sin 1", "1 2", "1e",
  ])
  func isNoFormula(text: String) { #expect(Formula(text, variables: ["x"]) == nil) }

  /// Reference: the formulas evaluated by Python with NumPy, variable i of n at low + (high - low) · i / (n + 2),
  /// i = 1…n.
  @Test func feynmanFormulas() throws {
    let reference = [
      "III_10_19": 8.801655287641587, "III_13_18": 93.29578183387869, "III_15_12": 6.6018048309375725,
      "III_15_27": 1.2793816236338524, "III_19_51": -0.0035000590555418825, "III_4_32": 17.277127101167483,
      "III_7_38": 17.297239551529685, "III_9_52": 9.66721399722645, "II_11_20": 0.5151335896677511,
      "II_11_28": 1.1304347826086956, "II_13_17": 0.014350519915150494, "II_13_34": 2.5690337800330854,
      "II_15_5": 4.524615541271879, "II_24_17": 2.985585782658787, "II_27_18": 18.0,
      "II_34_11": 1.5909090909090906, "II_34_29a": 0.10953604906912799, "II_34_2a": 0.21907209813825598,
      "II_35_21": 1.4453245806175876, "II_37_1": 20.592000000000002, "II_38_3": 4.753086419753085,
      "II_4_23": 0.01620355755460473, "II_6_15a": 0.13136098967761733, "II_8_31": 9.0,
      "I_10_7": 1.835024128595061, "I_12_1": 6.0, "I_12_2": 0.007672758964485311, "I_12_5": 6.0,
      "I_13_4": 23.240740740740737, "I_14_4": 9.0, "I_15_3t": 3.7293114383489803,
      "I_16_6": 1.6092715231788082, "I_18_14": -5.8482322335306876, "I_24_6": 12.300411522633738,
      "I_26_2": 0.03528732482750114, "I_29_16": 1.4525032700523004, "I_30_3": 1.777652220403602,
      "I_32_17": 0.5634620050361556, "I_34_1": 4.986666666666666, "I_34_27": 0.954929658551372,
      "I_37_4": 0.21699145235461348, "I_39_1": 9.0, "I_39_22": 4.753086419753085,
      "I_41_16": 0.11279153999050989, "I_43_31": 15.912, "I_44_4": 1.4655224722614804,
      "I_48_2": 95.12765082636797, "I_6_2": 0.10934004978399575, "I_6_2b": 0.273561971388723,
      "I_9_18": 0.15007215007215005, "test_10": 2.504827003232039, "test_12": 8.882400856387545,
      "test_14": 0.08215471870322069, "test_16": 29.08800749063506, "test_18": 1.1487617938883319,
      "test_2": 1.6489467807798348, "test_3": -2.2448449837619444, "test_5": 3.59958596385386,
      "test_7": 4.040793269437394, "test_9": -100.1685411718119,
    ]
    #expect(FeynmanFormula.all.count == 60 && reference.count == 60)
    for formula in FeynmanFormula.all {
      let count = Double(formula.variables.count)
      let point = formula.variables.enumerated().map { index, variable in
        variable.low + (variable.high - variable.low) * Double(index + 1) / (count + 2)
      }
      let wanted = try #require(reference[formula.name])
      #expect(abs(formula.formula.value(of: point) - wanted) <= 1e-10 * abs(wanted), "\(formula.name)")
    }
  }
}
