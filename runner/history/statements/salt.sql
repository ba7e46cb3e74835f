select salt
from salt
