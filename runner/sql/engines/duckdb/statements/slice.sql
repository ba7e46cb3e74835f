set variable slices = $slices;
set variable slice = $slice;
