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
    }
  }
}
