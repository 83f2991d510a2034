package rows

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
)

// id is the id of an event. CloudTrail's ids are UUIDs and are kept as they are.
// Any other text is hashed.
type id [16]byte

// idOf returns the id of a text and whether the id can be turned back into the text.
func idOf(s string) (x id, isUUID bool) {
	if x, ok := uuid(s); ok {
		return x, true
	}
	sum := sha256.Sum256([]byte(s))
	copy(x[:], sum[:])
	return x, false
}

// uuid reads a UUID in the form that CloudTrail uses, which has small letters.
func uuid(s string) (x id, ok bool) {
	if len(s) != 36 || s[8] != '-' || s[13] != '-' || s[18] != '-' || s[23] != '-' {
		return id{}, false
	}
	at := 0
	for i := range x {
		if at == 8 || at == 13 || at == 18 || at == 23 {
			at++
		}
		high, low := nibbles[s[at]], nibbles[s[at+1]]
		if high|low > 15 {
			return id{}, false
		}
		x[i] = high<<4 | low
		at += 2
	}
	return x, true
}

// nibbles are the values of the hexadecimal digits, and more than 15 for other bytes.
var nibbles = func() (n [256]byte) {
	for c := range n {
		n[c] = 0xff
	}
	for i, c := range []byte("0123456789abcdef") {
		n[c] = byte(i)
	}
	return n
}()

func (x id) String() string {
	h := hex.EncodeToString(x[:])
	return h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:]
}

// fingerprintID replaces the id of a record that has none.
func fingerprintID(fingerprint uint64) (x id) {
	binary.BigEndian.PutUint64(x[:], fingerprint)
	return x
}

// apart returns the id, or another one for it in the time before a window.
func (x id) apart(before bool) id {
	if before {
		for i := range x {
			x[i] = ^x[i]
		}
	}
	return x
}
