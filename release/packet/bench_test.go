package packet_test

import (
	"fmt"
	"reflect"
	"testing"

	"github.com/tidegate-go/tidegate/release/packet"
)

// grown is the good packet with every list of things that have an id n times
// as long, each with an id of its own.
func grown(n int) packet.Packet {
	p := goodPacket()
	grow(reflect.ValueOf(&p).Elem(), n)
	return p
}

func grow(v reflect.Value, n int) {
	switch v.Kind() {
	case reflect.Struct:
		if v.Type().NumField() > 0 && v.Type().Field(0).IsExported() {
			for _, f := range v.Fields() {
				grow(f, n)
			}
		}
	case reflect.Slice:
		if v.Len() == 0 || v.Type().Elem().Kind() != reflect.Struct || !v.Type().Elem().Field(0).IsExported() {
			return
		}
		id := v.Type().Elem().Field(0)
		if id.Type.Kind() != reflect.String || id.Name != "ID" && id.Name != "Name" {
			return
		}
		base := v.Len()
		for i := 1; i < n; i++ {
			for j := range base {
				e := reflect.New(v.Type().Elem()).Elem()
				e.Set(v.Index(j))
				e.Field(0).SetString(fmt.Sprintf("%s-%d", v.Index(j).Field(0), i))
				v.Set(reflect.Append(v, e))
			}
		}
	}
}

// BenchmarkVerify is every rule over packets of 1, 10 and 100 times the size:
// the time for one of them, per part of it.
func BenchmarkVerify(b *testing.B) {
	for _, n := range []int{1, 10, 100} {
		p, opts := grown(n), everything()
		b.Run(fmt.Sprintf("%dx", n), func(b *testing.B) {
			for b.Loop() {
				packet.Verify(p, opts)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*n), "ns/part")
		})
	}
}
