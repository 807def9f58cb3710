// Written by Cambium 0.2.0.
// Learner grown, fitted to 308 rows of yacht.csv, seed 1.
// 6 units, 38 connections.

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A model's answers; see `predict`.
enum Yacht {
  /// The columns of numbers, in order.
  static let numberNames: [String] = [
    "lcb",
    "prismatic_coef",
    "length_displacement",
    "beam_draught",
    "length_beam",
    "froude",
  ]
  /// The columns of texts, in order.
  static let textNames: [String] = []
  /// The numbers that are predicted, in order.
  static let answerNames: [String] = [
    "residuary_resistance",
  ]

  /// The numbers of `answerNames`, in their own units.
  /// `numbers` are those of `numberNames`, NaN where missing.
  static func predict(numbers: [Double]) -> [Double] {
    let x = encode(numbers: numbers)
    let y = network(x)
    return [
      y[0] * 15.160490101992739 + 10.495357142857143,
    ]
  }

  private static func clip(_ x: Double, _ low: Double, _ high: Double) -> Double {
    x < low ? low : x > high ? high : x
  }

  private static func softplus(_ x: Double) -> Double {
    max(x, 0) + log1p(exp(-abs(x)))
  }

  private static func standardised(_ difference: Double, _ deviation: Double) -> Double {
    difference.isNaN ? 0 : clip(difference / deviation, -1e+100, 1e+100)
  }

  private static func encode(numbers: [Double]) -> [Double] {
    var x = [Double](repeating: 0, count: 6)
    x[0] = standardised(numbers[0] - (-2.381818181818182), 1.5132188246034157)
    x[1] = standardised(numbers[1] - 0.5641363636363637, 0.02329000517671004)
    x[2] = standardised(numbers[2] - 4.788636363636364, 0.2530570565159798)
    x[3] = standardised(numbers[3] - 3.936818181818182, 0.5481930097647996)
    x[4] = standardised(numbers[4] - 3.2068181818181816, 0.24799838327059062)
    x[5] = standardised(numbers[5] - 0.2875, 0.10094222232325284)
    return x
  }

  private static func network(_ x: [Double]) -> [Double] {
    var z1: Double = 3.684197262747418
    z1 -= 2.2156945423041083 * x[5]
    let u1: Double = 4.118774206649899 * (clip(tanh(z1), -0.05987981815447292, 1.1766454621177056) - 0.8887319500574846)
    var z2: Double = -1.1947539386656558
    z2 += 3.8186802422899175 * u1
    let u2: Double = 1.5148204069131768 * (clip(tanh(z2), -1.3008942137446626, 0.8053652825044715) - 0.21652052644340994)
    var z3: Double = 0.0
    let d3_1: Double = 0.6974512835582138 * (x[1] - (-1.3307614242018964))
    z3 -= d3_1 * d3_1
    let d3_2: Double = 0.38733011058218764 * (x[3] - (-2.1331756178704233))
    z3 -= d3_2 * d3_2
    let d3_3: Double = 0.24280559098884397 * (x[4] - (-1.2033973279123167))
    z3 -= d3_3 * d3_3
    let d3_4: Double = 1.6492024574602322 * (x[5] - 1.6164306986855017)
    z3 -= d3_4 * d3_4
    let d3_5: Double = 0.4277240449851571 * (u1 - (-2.5235448276999017))
    z3 -= d3_5 * d3_5
    let u3: Double = 12.503865572152527 * (exp(z3) - 0.01703112250152501)
    var z4: Double = -4.79123779088082
    z4 += 2.71723161576538 * x[0]
    z4 += 0.07602852162812228 * x[1]
    z4 -= 0.817048188189273 * x[3]
    z4 += 1.9424847511665853 * x[5]
    z4 -= 0.6143487406066546 * u2
    let u4: Double = 1.3893543358137446 * (clip(softplus(z4), -0.7863414057426834, 4.718061100953325) - 0.24547064151696005)
    var z5: Double = 0.6700031334295129
    z5 += 0.9186706359884185 * x[5]
    z5 -= 0.9328262923544486 * u1
    z5 += 0.917463789704925 * u2
    z5 += 1.2812630418202275 * u3
    let u5: Double = 2.820141928278429 * (exp(-z5 * z5) - 0.336634676623925)
    var z6: Double = 0.0
    let d6_1: Double = 2.719238538821427 * (x[0] - (-0.09385060452666498))
    z6 -= d6_1 * d6_1
    let d6_2: Double = 0.8613587984071424 * (x[4] - (-0.020949257201611338))
    z6 -= d6_2 * d6_2
    let d6_3: Double = 0.9748657272673571 * (x[5] - 2.0697768863835617)
    z6 -= d6_3 * d6_3
    let d6_4: Double = 0.5539334376596843 * (u3 - (-0.6478031402631486))
    z6 -= d6_4 * d6_4
    let d6_5: Double = -1.4329048072604906 * (u4 - 0.6100633207220989)
    z6 -= d6_5 * d6_5
    let u6: Double = 10.453411686288598 * (clip(exp(z6), -0.09193627941664748, 0.5516176764998848) - 0.03548246109251104)
    var s1: Double = -0.02880595003032588
    s1 += 0.0006193672351485055 * x[0]
    s1 += 0.01121123962978074 * x[1]
    s1 += 0.027768447759875595 * x[2]
    s1 -= 0.010338906200421423 * x[3]
    s1 -= 0.026446019764874408 * x[4]
    s1 += 0.1850340788687176 * x[5]
    s1 -= 0.5283565469374959 * u1
    s1 -= 0.27079380424074745 * u2
    s1 += 0.07925529306857464 * u3
    s1 += 0.045451979134319406 * u4
    s1 -= 0.059379914653723186 * u5
    s1 -= 0.061081760643279755 * u6
    return [
      clip(s1, -1.5149481968157643, 4.24832194895052),
    ]
  }
}
