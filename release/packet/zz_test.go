package packet_test
import ("testing";"github.com/tidegate-go/tidegate/internal/sample";"github.com/tidegate-go/tidegate/release/packet")
func TestZZ(t *testing.T){
 p:=sample.Packet(); f:=sample.Facts(); 
 for _, d := range p.Decisions.Gates { if d.Verdict.String()!="go" {t.Log(d.Explain())}}
 r:=packet.Verify(p,&packet.VerifyOptions{Now:sample.Decided,Facts:&f})
 t.Log(r.Text(nil))
}
