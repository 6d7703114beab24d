// Pins olareg. A module of its own, because `go install` asks a proxy for the list of all versions, and a proxy that
// serves only some of them may refuse that.
module io.registrykit/interop/olareg

go 1.24

require (
	github.com/inconshreveable/mousetrap v1.1.0 // indirect
	github.com/olareg/olareg v0.1.2 // indirect
	github.com/opencontainers/go-digest v1.0.0 // indirect
	github.com/spf13/cobra v1.8.1 // indirect
	github.com/spf13/pflag v1.0.6 // indirect
)

tool github.com/olareg/olareg/cmd/olareg
