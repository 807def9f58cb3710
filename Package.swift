// swift-tools-version: 6.2

import PackageDescription

// `make check` sets this: any warning of ours is then an error.
let isStrict = Context.environment["CAMBIUM_STRICT"] == "1"

let settings: [SwiftSetting] =
  [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
  ] + (isStrict ? [.treatAllWarnings(as: .error)] : [])

// `make fuzz` sets this: the program has no main of its own, but that of libFuzzer.
let fuzzing: [Target] =
  Context.environment["CAMBIUM_FUZZ"] == "1"
  ? [
    .executableTarget(
      name: "CambiumFuzz", dependencies: ["CambiumCore", "FileMutation"], path: "Tests/Fuzz",
      swiftSettings: settings)
  ] : []

// The C interface states its functions in a header and implements them with `@c @implementation`, which Swift has since 6.3.
#if compiler(>=6.3)
  let interfaceProducts: [Product] = [.library(name: "CambiumC", type: .dynamic, targets: ["CambiumC"])]
  let interfaceTargets: [Target] = [
    .target(name: "CCambium"),
    .target(
      name: "CambiumC", dependencies: ["CCambium", "Cambium", "CambiumCore", "CambiumExport"],
      swiftSettings: settings),
    .testTarget(
      name: "CambiumCTests", dependencies: ["CCambium", "CambiumC"], swiftSettings: settings),
  ]
#else
  let interfaceProducts: [Product] = []
  let interfaceTargets: [Target] = []
#endif

let package = Package(
  name: "cambium",
  products: [
    .library(name: "Cambium", targets: ["Cambium", "CambiumCore"]),
    .library(name: "CambiumPrediction", targets: ["CambiumPrediction"]),
    .library(name: "CambiumBaselines", targets: ["CambiumBaselines"]),
    .library(name: "CambiumExport", targets: ["CambiumExport"]),
    .library(name: "CambiumStatistics", targets: ["CambiumStatistics"]),
    .library(name: "CambiumLab", targets: ["CambiumLab"]),
    .executable(name: "cambium", targets: ["CambiumCLI"]),
  ] + interfaceProducts,
  // `swift build --traits MPI`
  traits: [.trait(name: "MPI", description: "Processes that mpirun started grow one network together.")],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0"),
  ],
  // Each target names all that it imports: where one reached it through another, it would not be compiled anew with it.
  targets: [
    // gsl.pc would add GSL's own slow CBLAS, so GSL is linked by its module map; OpenBLAS serves its BLAS calls.
    .systemLibrary(name: "CGSL", providers: [.apt(["libgsl-dev"]), .brew(["gsl"])]),
    .systemLibrary(
      name: "COpenBLAS", pkgConfig: "openblas",
      providers: [.apt(["libopenblas-dev"]), .brew(["openblas"])]),
    .systemLibrary(name: "CCSV", providers: [.apt(["libcsv-dev"])]),
    .systemLibrary(
      name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"]), .brew(["sqlite3"])]),
    .systemLibrary(
      name: "CMPI", pkgConfig: "mpi-c", providers: [.apt(["libopenmpi-dev"]), .brew(["open-mpi"])]),
    .target(name: "CKernels"),

    // What a program needs to ask a model. It needs no Foundation and no library beside the C library.
    .target(name: "CambiumPrediction", dependencies: ["CKernels"], swiftSettings: settings),
    .target(
      name: "CambiumCore", dependencies: ["CKernels", "COpenBLAS", "CGSL", "CCSV", "CambiumPrediction"],
      swiftSettings: settings),
    .target(
      name: "Cambium", dependencies: ["CKernels", "CambiumCore", "CambiumPrediction"], swiftSettings: settings
    ),
    .target(name: "CambiumBaselines", dependencies: ["CambiumCore"], swiftSettings: settings),
    .target(
      name: "CambiumExport",
      dependencies: [
        "Cambium", "CambiumCore", "CambiumPrediction",
        .product(name: "SwiftProtobuf", package: "swift-protobuf"),
      ],
      exclude: ["ONNX/onnx.proto"], swiftSettings: settings),
    .target(name: "CambiumStatistics", dependencies: ["CGSL"], swiftSettings: settings),
    .target(
      name: "CambiumLab",
      dependencies: [
        "Cambium", "CambiumBaselines", "CambiumCore", "CambiumExport", "CambiumStatistics", "CSQLite",
        .product(name: "Yams", package: "Yams"),
      ],
      swiftSettings: settings),
    .executableTarget(
      name: "CambiumCLI",
      dependencies: [
        "Cambium", "CambiumCore", "CambiumExport", "CambiumLab", "CambiumStatistics",
        .target(name: "CMPI", condition: .when(traits: ["MPI"])),
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: settings),
    // What `make bench` measures inside the library: kernels and passes, as shares of the machine's peak.
    .executableTarget(
      name: "CambiumBench", dependencies: ["Cambium", "CambiumCore", "CKernels", "COpenBLAS"],
      path: "bench/micro",
      swiftSettings: settings),

    // What `make examples` runs.
    .executableTarget(
      name: "GrowFromTable", dependencies: ["Cambium", "CambiumCore", "CambiumExport"],
      path: "Examples/GrowFromTable", swiftSettings: settings),
    .executableTarget(
      name: "GrowInMemory", dependencies: ["Cambium", "CambiumCore"], path: "Examples/GrowInMemory",
      swiftSettings: settings),
    .executableTarget(
      name: "PredictFromFile", dependencies: ["CambiumPrediction"], path: "Examples/PredictFromFile",
      swiftSettings: settings),
    .executableTarget(name: "PredictAlone", path: "Examples/PredictAlone", swiftSettings: settings),

    .testTarget(
      name: "CambiumPredictionTests", dependencies: ["CambiumPrediction"], swiftSettings: settings),
    .testTarget(
      name: "CambiumCoreTests", dependencies: ["CambiumCore", "CKernels"], swiftSettings: settings),
    .testTarget(name: "CambiumTests", dependencies: ["Cambium", "CambiumCore"], swiftSettings: settings),
    .testTarget(
      name: "CambiumBaselinesTests", dependencies: ["CambiumBaselines", "CambiumCore"],
      swiftSettings: settings),
    .testTarget(
      name: "CambiumExportTests",
      dependencies: [
        "Cambium", "CambiumCore", "CambiumExport", .product(name: "SwiftProtobuf", package: "swift-protobuf"),
      ],
      swiftSettings: settings),
    .testTarget(
      name: "CambiumStatisticsTests", dependencies: ["CambiumStatistics"], swiftSettings: settings),
    .testTarget(
      name: "CambiumLabTests",
      dependencies: ["CambiumCore", "CambiumLab", "CambiumStatistics", "FileMutation"],
      swiftSettings: settings),
    // Changes model files at random and uses what comes of it, for tests and for `make fuzz`.
    .target(
      name: "FileMutation",
      dependencies: ["Cambium", "CambiumCore", "CambiumExport", "CambiumLab", "CambiumPrediction"],
      path: "Tests/FileMutation", swiftSettings: settings),
    .testTarget(
      name: "CambiumCLITests", dependencies: ["CambiumCLI", "CambiumLab"], swiftSettings: settings),
  ] + interfaceTargets + fuzzing
)
