public import CambiumCore

/// Nonlinear functions as formulas for readers.
public enum ActivationText {
  /// The function of z, with its range.
  public static func formula(of activation: Activation) -> String {
    switch activation {
    case .logistic: "1 / (1 + exp(-z)), in 0...1"
    case .tanh: "tanh(z), in -1...1"
    case .sin: "sin(z), in -1...1"
    case .cos: "cos(z), in -1...1"
    case .log: "sign(z) log(1 + |z|), unbounded"
    case .softplus: "log(1 + exp(z)), above 0"
    case .square: "z^2, at least 0"
    case .cube: "z^3, unbounded"
    case .gaussian: "exp(-z^2), in 0...1"
    case .radial: "exp(-sum s^2 (x - c)^2), in 0...1: a bump with a centre and a width in each input"
    case .relu: "max(0, z), at least 0"
    case .arctan: "atan(z), in -pi/2...pi/2"
    case .sinc: "sin(z) / z, 1 at 0, in -0.217...1"
    case .logSquare: "log(1 + z^2), at least 0"
    case .quartic: "z^4, at least 0"
    case .hermite1: "z exp(-z^2/2), in -0.607...0.607"
    case .mexicanHat: "(1 - z^2) exp(-z^2/2), in -0.446...1"
    case .hermite3: "(z^3 - 3z) exp(-z^2/2), in -1.38...1.38"
    case .product: "(sum w x) (sum v x), unbounded: two weighted sums multiplied"
    }
  }
}
