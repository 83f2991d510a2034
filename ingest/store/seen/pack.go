package seen

import (
	"encoding/binary"
	"errors"
	"slices"

	"github.com/klauspost/compress/zstd"
)

// MaxFile is how many bytes a file may hold unpacked: a hundred million ids.
const MaxFile = 1 << 30

// ErrCorrupt says that bytes are no ids.
var ErrCorrupt = errors.New("the list of seen objects is damaged")

// Pack sorts ids and returns them as bytes: the differences between them, compressed.
func Pack(ids []ID) []byte {
	slices.Sort(ids)
	var plain []byte
	var last ID
	for _, id := range ids {
		plain = binary.AppendUvarint(plain, uint64(id-last))
		last = id
	}
	w, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1))
	if err != nil { // the options are constant
		panic(err)
	}
	defer w.Close()
	return w.EncodeAll(plain, nil)
}

// Unpack returns the ids, sorted.
func Unpack(packed []byte) ([]ID, error) {
	r, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(MaxFile))
	if err != nil {
		return nil, err
	}
	defer r.Close()
	plain, err := r.DecodeAll(packed, nil)
	if err != nil {
		return nil, ErrCorrupt
	}
	var ids []ID
	var last ID
	for len(plain) > 0 {
		d, n := binary.Uvarint(plain)
		if n <= 0 {
			return nil, ErrCorrupt
		}
		last += ID(d)
		ids = append(ids, last)
		plain = plain[n:]
	}
	if !slices.IsSorted(ids) {
		return nil, ErrCorrupt
	}
	return ids, nil
}
