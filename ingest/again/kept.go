package again

import (
	"bytes"

	"trail403/ingest/event"
)

// Kept holds records of one worker compressed, up to a number of bytes, so that a few
// need not be read again. Those that cannot be read again are always kept.
type Kept struct {
	most    int
	size    int    // of the chunks
	chunk   []byte // is not compressed yet
	packed  []byte
	chunks  [][]byte
	objects []event.Object
}

// NewKept returns a Kept for so many compressed bytes.
func NewKept(most int) *Kept { return &Kept{most: most} }

// Add keeps a record, or leaves it to be read again.
func (k *Kept) Add(p *event.Place, record []byte) {
	if k.size >= k.most && !p.Object.Once {
		return
	}
	if n := len(k.objects); n == 0 || k.objects[n-1] != p.Object {
		k.objects = append(k.objects, p.Object)
	}
	k.chunk = appendRecord(k.chunk, uint64(len(k.objects)-1)<<32|uint64(p.Record), record)
	if len(k.chunk) >= chunkSize {
		k.packed = pack(k.chunk, k.packed)
		k.chunks = append(k.chunks, bytes.Clone(k.packed))
		k.size += len(k.packed)
		k.chunk = k.chunk[:0]
	}
}

// each walks the records. An object may come several times, and its records, too, where
// it was read again after a failure.
func (k *Kept) each(f func(object event.Object, number int, record []byte) error) error {
	var buffer []byte
	for i := range len(k.chunks) + 1 {
		chunk := k.chunk
		if i < len(k.chunks) {
			var err error
			if chunk, err = unpack(k.chunks[i], buffer); err != nil {
				return err
			}
			buffer = chunk
		}
		for len(chunk) > 0 {
			var key uint64
			var record []byte
			key, record, chunk = cutRecord(chunk)
			if err := f(k.objects[key>>32], int(uint32(key)), record); err != nil {
				return err
			}
		}
	}
	return nil
}
