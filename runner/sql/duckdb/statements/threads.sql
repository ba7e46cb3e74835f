set threads = $threads;
