module github.com/tidegate-go/tidegate/internal/tools/proto

go 1.26.0
