/// Which Cambium this is.
public enum Release {
  /// The version, by semantic versioning.
  public static let version = "0.11.0"
}
