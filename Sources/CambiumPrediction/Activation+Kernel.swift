package import CKernels

extension Activation {
  /// The kernel's name of the function that a unit applies to z.
  package var function: cambium_function {
    switch self {
    case .logistic: CAMBIUM_LOGISTIC
    case .tanh: CAMBIUM_TANH
    case .sin: CAMBIUM_SIN
    case .cos: CAMBIUM_COS
    case .log: CAMBIUM_LOG
    case .softplus: CAMBIUM_SOFTPLUS
    case .square: CAMBIUM_SQUARE
    case .cube: CAMBIUM_CUBE
    case .gaussian: CAMBIUM_GAUSSIAN
    case .radial: CAMBIUM_EXPONENTIAL
    case .relu: CAMBIUM_RELU
    case .arctan: CAMBIUM_ARCTAN
    case .sinc: CAMBIUM_SINC
    case .logSquare: CAMBIUM_LOG_SQUARE
    case .quartic: CAMBIUM_QUARTIC
    case .hermite1: CAMBIUM_HERMITE1
    case .mexicanHat: CAMBIUM_MEXICAN_HAT
    case .hermite3: CAMBIUM_HERMITE3
    case .product: CAMBIUM_IDENTITY
    }
  }
}
