import Activity from 'lucide-solid/icons/activity';
import ArrowDown from 'lucide-solid/icons/arrow-down';
import ArrowLeft from 'lucide-solid/icons/arrow-left';
import ArrowLeftRight from 'lucide-solid/icons/arrow-left-right';
import ArrowRight from 'lucide-solid/icons/arrow-right';
import ArrowUp from 'lucide-solid/icons/arrow-up';
import AudioLines from 'lucide-solid/icons/audio-lines';
import AudioWaveform from 'lucide-solid/icons/audio-waveform';
import Bell from 'lucide-solid/icons/bell';
import Blend from 'lucide-solid/icons/blend';
import Bookmark from 'lucide-solid/icons/bookmark';
import Check from 'lucide-solid/icons/check';
import ChevronDown from 'lucide-solid/icons/chevron-down';
import ChevronLeft from 'lucide-solid/icons/chevron-left';
import ChevronRight from 'lucide-solid/icons/chevron-right';
import CircleCheck from 'lucide-solid/icons/circle-check';
import CircleX from 'lucide-solid/icons/circle-x';
import Clock from 'lucide-solid/icons/clock';
import Copy from 'lucide-solid/icons/copy';
import CornerDownLeft from 'lucide-solid/icons/corner-down-left';
import Download from 'lucide-solid/icons/download';
import Drum from 'lucide-solid/icons/drum';
import Ear from 'lucide-solid/icons/ear';
import Ellipsis from 'lucide-solid/icons/ellipsis';
import Expand from 'lucide-solid/icons/expand';
import FileDown from 'lucide-solid/icons/file-down';
import FileMusic from 'lucide-solid/icons/file-music';
import FileUp from 'lucide-solid/icons/file-up';
import Flag from 'lucide-solid/icons/flag';
import Folder from 'lucide-solid/icons/folder';
import FolderOpen from 'lucide-solid/icons/folder-open';
import Gauge from 'lucide-solid/icons/gauge';
import Guitar from 'lucide-solid/icons/guitar';
import Headphones from 'lucide-solid/icons/headphones';
import Info from 'lucide-solid/icons/info';
import Keyboard from 'lucide-solid/icons/keyboard';
import Layers from 'lucide-solid/icons/layers';
import Link from 'lucide-solid/icons/link';
import List from 'lucide-solid/icons/list';
import ListMusic from 'lucide-solid/icons/list-music';
import ListPlus from 'lucide-solid/icons/list-plus';
import LoaderCircle from 'lucide-solid/icons/loader-circle';
import Lock from 'lucide-solid/icons/lock';
import LogIn from 'lucide-solid/icons/log-in';
import Magnet from 'lucide-solid/icons/magnet';
import Maximize2 from 'lucide-solid/icons/maximize-2';
import Metronome from 'lucide-solid/icons/metronome';
import Mic from 'lucide-solid/icons/mic';
import Moon from 'lucide-solid/icons/moon';
import Music from 'lucide-solid/icons/music';
import Palette from 'lucide-solid/icons/palette';
import PanelBottom from 'lucide-solid/icons/panel-bottom';
import Pause from 'lucide-solid/icons/pause';
import Pencil from 'lucide-solid/icons/pencil';
import Piano from 'lucide-solid/icons/piano';
import Play from 'lucide-solid/icons/play';
import Plus from 'lucide-solid/icons/plus';
import Power from 'lucide-solid/icons/power';
import Redo2 from 'lucide-solid/icons/redo-2';
import RefreshCw from 'lucide-solid/icons/refresh-cw';
import Repeat from 'lucide-solid/icons/repeat';
import RotateCcw from 'lucide-solid/icons/rotate-ccw';
import Rows3 from 'lucide-solid/icons/rows-3';
import Scale from 'lucide-solid/icons/scale';
import Scissors from 'lucide-solid/icons/scissors';
import Search from 'lucide-solid/icons/search';
import Settings from 'lucide-solid/icons/settings';
import Share2 from 'lucide-solid/icons/share-2';
import ShieldCheck from 'lucide-solid/icons/shield-check';
import SkipBack from 'lucide-solid/icons/skip-back';
import SkipForward from 'lucide-solid/icons/skip-forward';
import SlidersHorizontal from 'lucide-solid/icons/sliders-horizontal';
import SlidersVertical from 'lucide-solid/icons/sliders-vertical';
import Sparkles from 'lucide-solid/icons/sparkles';
import Split from 'lucide-solid/icons/split';
import Square from 'lucide-solid/icons/square';
import Sun from 'lucide-solid/icons/sun';
import Target from 'lucide-solid/icons/target';
import Timer from 'lucide-solid/icons/timer';
import Trash from 'lucide-solid/icons/trash';
import TriangleAlert from 'lucide-solid/icons/triangle-alert';
import Undo2 from 'lucide-solid/icons/undo-2';
import Upload from 'lucide-solid/icons/upload';
import Volume2 from 'lucide-solid/icons/volume-2';
import VolumeX from 'lucide-solid/icons/volume-x';
import WandSparkles from 'lucide-solid/icons/wand-sparkles';
import WavesHorizontal from 'lucide-solid/icons/waves-horizontal';
import X from 'lucide-solid/icons/x';
import ZoomIn from 'lucide-solid/icons/zoom-in';
import ZoomOut from 'lucide-solid/icons/zoom-out';

/** Every icon of the page, by its Lucide name. */
export const icons = {
  activity: Activity,
  'arrow-down': ArrowDown,
  'arrow-left': ArrowLeft,
  'arrow-left-right': ArrowLeftRight,
  'arrow-right': ArrowRight,
  'arrow-up': ArrowUp,
  'audio-lines': AudioLines,
  'audio-waveform': AudioWaveform,
  bell: Bell,
  blend: Blend,
  bookmark: Bookmark,
  check: Check,
  'chevron-down': ChevronDown,
  'chevron-left': ChevronLeft,
  'chevron-right': ChevronRight,
  'circle-check': CircleCheck,
  'circle-x': CircleX,
  clock: Clock,
  copy: Copy,
  'corner-down-left': CornerDownLeft,
  download: Download,
  drum: Drum,
  ear: Ear,
  ellipsis: Ellipsis,
  expand: Expand,
  'file-down': FileDown,
  'file-music': FileMusic,
  'file-up': FileUp,
  flag: Flag,
  folder: Folder,
  'folder-open': FolderOpen,
  gauge: Gauge,
  guitar: Guitar,
  headphones: Headphones,
  info: Info,
  keyboard: Keyboard,
  layers: Layers,
  link: Link,
  list: List,
  'list-plus': ListPlus,
  'list-music': ListMusic,
  'loader-circle': LoaderCircle,
  lock: Lock,
  'log-in': LogIn,
  magnet: Magnet,
  'maximize-2': Maximize2,
  metronome: Metronome,
  mic: Mic,
  moon: Moon,
  music: Music,
  palette: Palette,
  'panel-bottom': PanelBottom,
  pause: Pause,
  pencil: Pencil,
  piano: Piano,
  play: Play,
  plus: Plus,
  power: Power,
  'redo-2': Redo2,
  'refresh-cw': RefreshCw,
  repeat: Repeat,
  'rotate-ccw': RotateCcw,
  'rows-3': Rows3,
  scale: Scale,
  scissors: Scissors,
  search: Search,
  settings: Settings,
  'share-2': Share2,
  'shield-check': ShieldCheck,
  'skip-back': SkipBack,
  'skip-forward': SkipForward,
  'sliders-horizontal': SlidersHorizontal,
  'sliders-vertical': SlidersVertical,
  sparkles: Sparkles,
  split: Split,
  square: Square,
  sun: Sun,
  target: Target,
  timer: Timer,
  trash: Trash,
  'triangle-alert': TriangleAlert,
  'undo-2': Undo2,
  upload: Upload,
  'volume-2': Volume2,
  'volume-x': VolumeX,
  'wand-sparkles': WandSparkles,
  'waves-horizontal': WavesHorizontal,
  x: X,
  'zoom-in': ZoomIn,
  'zoom-out': ZoomOut,
} as const;

export type IconName = keyof typeof icons;
