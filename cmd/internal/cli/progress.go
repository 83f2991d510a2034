package cli

import (
	"time"

	"github.com/dustin/go-humanize"
	"github.com/schollz/progressbar/v3"

	"trail403/ingest"
)

// showProgress draws a bar on standard error, if that is a terminal. stop removes
// the bar.
func showProgress(env Env, p *ingest.Progress) (stop func()) {
	if !env.IsTerminal(env.Stderr) {
		return func() {}
	}
	bar := progressbar.NewOptions64(1,
		progressbar.OptionSetWriter(env.Stderr),
		progressbar.OptionSetPredictTime(false), // it counts objects, which differ in size
		progressbar.OptionSetElapsedTime(false),
		progressbar.OptionSetWidth(20),
		progressbar.OptionThrottle(100*time.Millisecond),
		progressbar.OptionClearOnFinish(),
	)
	quit, ended := make(chan struct{}), make(chan struct{})
	m := &meter{}
	go func() {
		defer close(ended)
		tick := time.NewTicker(100 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-quit:
				bar.Clear()
				return
			case <-tick.C:
				m.add(time.Now(), p.DoneBytes.Load())
				bar.Describe(describe(p, m))
				// One more than there are, so that the bar does not end before the run does.
				bar.ChangeMax64(p.Listed.Load() + 1)
				bar.Set64(p.Done.Load())
			}
		}
	}()
	return func() {
		close(quit)
		<-ended
	}
}

// describe says how much is done, how fast, and about how long the rest takes.
func describe(p *ingest.Progress, m *meter) string {
	text := humanize.Comma(p.Done.Load()) + " of " + counted(int(p.Listed.Load()), "object")
	listed := p.ListedBytes.Load()
	if listed > 0 {
		text += ", " + humanize.IBytes(uint64(p.DoneBytes.Load())) + " of " + humanize.IBytes(uint64(listed))
	}
	if rate := m.rate(); rate >= 1 {
		text += ", " + humanize.IBytes(uint64(rate)) + "/s"
	}
	if !p.AllListed.Load() {
		return text + ", still listing"
	}
	if left := m.left(listed); left != "" {
		text += ", " + left
	}
	return text
}
