package strictjson

import (
	"encoding/json"
	"strconv"
)

// step is one step of the path to the value being read: an index i as ^i, a key as the offset of its opening quote.
// The walk only pushes numbers; text is made when a fault needs it.
type step int

func (d *decoder) push(s step) { d.path = append(d.path, s) }

func (d *decoder) pop() { d.path = d.path[:len(d.path)-1] }

// pathText renders the current path.
func (d *decoder) pathText() string {
	var text []byte
	for _, s := range d.path {
		if s < 0 {
			text = appendIndex(text, int(^s))
		} else {
			text = appendKey(text, d.keyAt(int(s)))
		}
	}
	return string(text)
}

// keyAt reads the key whose opening quote is at the offset. The key may itself be at fault; then its raw text has to do.
func (d *decoder) keyAt(at int) string {
	end := at + 1
	for end < len(d.input) && d.input[end] != '"' {
		if d.input[end] == '\\' {
			end++
		}
		end++
	}
	raw := d.input[at:min(end+1, len(d.input))]
	var key string
	if json.Unmarshal(raw, &key) != nil {
		return string(raw)
	}
	return key
}

func appendIndex(path []byte, i int) []byte {
	path = append(path, '[')
	path = strconv.AppendInt(path, int64(i), 10)
	return append(path, ']')
}

// appendKey writes .key, or ["key"] where the key would make the path ambiguous.
func appendKey(path []byte, key string) []byte {
	if !isName(key) {
		path = append(path, '[')
		path = strconv.AppendQuote(path, clip(key))
		return append(path, ']')
	}
	if len(path) > 0 {
		path = append(path, '.')
	}
	return append(path, clip(key)...)
}

// joinPath puts a path that begins at an inner value behind the path of that value.
func joinPath(outer, inner string) string {
	if outer == "" || inner == "" || inner[0] == '[' {
		return outer + inner
	}
	return outer + "." + inner
}

func isName(key string) bool {
	for i := range len(key) {
		if c := key[i]; !isWord(c) && c != '-' && c != '$' {
			return false
		}
	}
	return key != ""
}

// isWord tells letters, digits and the underscore.
func isWord(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '_'
}
