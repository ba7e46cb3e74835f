comment on $kind $relation is $comment
