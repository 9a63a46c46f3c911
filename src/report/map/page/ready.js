root.dataset.ready = Math.round(performance.now());
